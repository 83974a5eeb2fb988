package io.perennial.delivery.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.accounts.Role;
import io.perennial.customers.CustomerTimeline;
import io.perennial.customers.TimelineEntry;
import io.perennial.delivery.RunEchoes;
import io.perennial.delivery.SentMails;
import io.perennial.delivery.SentMails.Sent;
import io.perennial.delivery.TrackingSettings;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class ReturnsDeskTest {

    private static final PageRequest ALL = PageRequest.of(0, 50);

    @Autowired
    ReturnsDesk desk;

    @Autowired
    Intake intake;

    @Autowired
    RunEchoes echoes;

    @Autowired
    TrackingSettings settings;

    @Autowired
    CustomerTimeline timeline;

    @Autowired
    TestTenants tenants;

    private SentMails mails;
    private Sent sent;
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        mails = new SentMails(application);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        sent = mails.run(acme, 1).getFirst();
        mails.run(globex, 1);
    }

    private void take(String sample) {
        intake.take(ReturnSamples.filled(sample, mails.values(sent)), List.of(), ReturnSource.SMTP);
    }

    @Test
    void aBusinessSeesItsOwnAndNobodyElsesMails() {
        take("a-person-answers");
        List<ReturnsDesk.Doubtful> found = TestTenants.asOwner(acme, () -> desk.doubtful(ALL));
        assertThat(found).hasSize(1);
        long id = found.getFirst().id();
        assertThat(TestTenants.asOwner(acme, () -> desk.text(id)).orElseThrow()).contains("Do you have it in blue?");
        assertThat(TestTenants.asOwner(globex, () -> desk.doubtful(ALL))).isEmpty();
        assertThat(TestTenants.asOwner(globex, () -> desk.text(id))).isEmpty();
        TestTenants.asOwner(globex, () -> desk.discard(id));
        assertThat(TestTenants.asOwner(acme, () -> desk.doubtful(ALL))).hasSize(1);
        TestTenants.asOwner(acme, () -> desk.discard(id));
        assertThat(TestTenants.asOwner(acme, () -> desk.doubtful(ALL))).isEmpty();
    }

    @Test
    void whatIsNobodysIsTheOperatorsAlone() {
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> TestTenants.asOwner(acme, () -> desk.doubtfulOfNobody(ALL)));
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> TestTenants.asOwner(acme, () -> desk.textOfNobody(1)));
    }

    @Test
    void returnsAreCountedByKind() {
        take("postfix-unknown");
        take("arf-yahoo");
        assertThat(TestTenants.asOwner(acme, desk::counts)).isEqualTo(new ReturnsDesk.Counts(1, 0, 0, 0, 1));
        assertThat(TestTenants.asOwner(globex, desk::counts)).isEqualTo(new ReturnsDesk.Counts(0, 0, 0, 0, 0));
        assertThat(TestTenants.asOwner(acme, desk::ways)).hasSize(2).noneMatch(ReturnsDesk.Way::configured);
    }

    @Test
    void theRunAndTheCustomersTimelineTellInTheServersWords() {
        take("gmail-unauthenticated");
        RunEchoes.Echoes told = TestTenants.asOwner(acme, () -> echoes.of(sent.run()));
        assertThat(told.returned()).singleElement().satisfies(back -> {
            assertThat(back.kind()).isEqualTo("OWN_FAULT");
            assertThat(back.status()).isEqualTo("5.7.26");
            assertThat(back.count()).isEqualTo(1);
        });
        assertThat(TestTenants.asOwner(globex, () -> echoes.of(sent.run())).returned())
                .isEmpty();
        List<TimelineEntry> entries = TestTenants.asOwner(
                acme, () -> timeline.before(sent.customer(), Instant.now().plusSeconds(60), 10));
        assertThat(entries).anySatisfy(entry -> assertThat(entry.detail()).contains("the sender is unauthenticated"));
    }

    @Test
    void textOfAMailIsShownWithoutWhatControlsAScreen() {
        assertThat(Quarantine.text(
                        "a\u0000b\u001b[31m\u202e\r\n\tž<script>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("a·b·[31m·\n\tž<script>");
        assertThat(Quarantine.text(new byte[] {(byte) 0xe9, 'x'})).isEqualTo("éx");
    }

    @Test
    void settingsAreTheBusinesssOwnAndOnlyDomainsAreTaken() {
        TestTenants.asOwner(acme, () -> settings.change(false, true, " Bounces.Acme.EXAMPLE ", "Ada"));
        assertThat(TestTenants.asOwner(acme, desk::bounceDomain)).contains("bounces.acme.example");
        assertThat(TestTenants.asOwner(acme, settings::current).opens()).isFalse();
        assertThat(TestTenants.asOwner(globex, settings::current).opens()).isTrue();
        for (String bad : List.of("no", "a b.example", "x@y.example", "evil.example>\r\nRCPT", "-a.example")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TestTenants.asOwner(acme, () -> settings.change(true, true, bad, "Ada")));
        }
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> TestTenants.as(acme, Role.ANALYST, () -> settings.change(true, true, null, "Ada")));
    }
}
