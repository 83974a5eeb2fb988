package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.CustomerChoices;
import io.perennial.customers.Evidence;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@TenantSql("Asks for the audience as freezing it does.")
class CampaignAudienceTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @Autowired
    CustomerChoices choices;

    @Autowired
    CampaignAudience audience;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        fixtures.makeReady(acme);
        fixtures.makeReady(globex);
        fixtures.customer(globex, "gus", "Brno");
    }

    @Test
    void countsEachPersonOnceByTheFirstReason() {
        fixtures.customer(acme, "ada", "Brno");
        fixtures.customer(acme, "bob", "Praha");
        fixtures.customer(acme, "cyd", "Plzen");
        fixtures.customerWithoutAddress(acme, "dan", "Brno");
        fixtures.customer(acme, "eve", "Brno");
        fixtures.suppress(acme, "eve", "UNSUBSCRIBED");
        fixtures.customer(acme, "fay", "Brno");
        fixtures.suppress(acme, "fay", "BOUNCED");
        fixtures.customer(acme, "gil", "Praha");
        fixtures.suppress(acme, "gil", "ERASED");
        CustomerId hal = fixtures.customer(acme, "hal", "Brno");
        fixtures.withdraw(acme, hal, "news");
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = fixtures.livingIn("Brno");
            SegmentId praha = fixtures.livingIn("Praha");
            assertThat(desk.audience(List.of(brno, praha), List.of(), "news"))
                    .isEqualTo(new AudienceCount(2, 0, 1, 1, 1, 0, 1, 1));
            assertThat(desk.audience(List.of(brno, praha), List.of(praha), "news"))
                    .isEqualTo(new AudienceCount(1, 2, 1, 1, 1, 0, 0, 1));
            assertThat(desk.audience(List.of(brno), List.of(), null).mailed()).isEqualTo(2);
            assertThat(desk.audience(List.of(), List.of(), "news").mailed()).isEqualTo(3);
        });
    }

    @Test
    void whoPausedMailsIsLeftOutUntilThenAndCounted() {
        CustomerId ada = fixtures.customer(acme, "ada", "Brno");
        fixtures.customer(acme, "bob", "Brno");
        TestTenants.asOwner(acme, () -> {
            choices.pause(ada, Duration.ofDays(30), Evidence.of("preference page"));
            assertThat(desk.audience(List.of(), List.of(), "news"))
                    .isEqualTo(new AudienceCount(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0));
        });
        SqlFragment later = audience.mailed(
                acme,
                new CampaignAudience.Wanted(
                        List.of(), List.of(), null, null, true, Instant.now().plus(Duration.ofDays(31))));
        assertThat(jdbc.sql(later.sql()).params(later.params()).query().listOfRows())
                .hasSize(2);
        TestTenants.asOwner(
                globex,
                () -> assertThat(desk.audience(List.of(), List.of(), null).paused())
                        .isZero());
    }

    @Test
    void aPersonInTwoSegmentsIsCountedOnce() {
        fixtures.customer(acme, "ada", "Brno");
        TestTenants.asOwner(acme, () -> {
            SegmentId one = fixtures.livingIn("Brno");
            SegmentId two = fixtures.livingIn("Brno");
            assertThat(desk.audience(List.of(one, two), List.of(), null).mailed())
                    .isEqualTo(1);
            assertThat(desk.audience(List.of(one), List.of(two), null))
                    .isEqualTo(new AudienceCount(0, 1, 0, 0, 0, 0, 0, 0));
        });
    }

    @Test
    void anotherBusinessSuppressionAndCustomersAreNotSeen() {
        fixtures.customer(acme, "ada", "Brno");
        fixtures.suppress(globex, "ada", "UNSUBSCRIBED");
        TestTenants.asOwner(
                acme,
                () -> assertThat(desk.audience(List.of(), List.of(), "news"))
                        .isEqualTo(new AudienceCount(1, 0, 0, 0, 0, 0, 0, 0)));
    }
}
