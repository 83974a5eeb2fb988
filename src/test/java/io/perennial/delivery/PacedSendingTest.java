package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.delivery.pace.Limits;
import io.perennial.delivery.pace.PaceSettings;
import io.perennial.delivery.pace.PaceSettings.Wishes;
import io.perennial.delivery.pace.TenantPace;
import io.perennial.delivery.pace.WarmUp;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Limits, quiet hours, the frequency cap and fair turns, with real engines. */
@IntegrationTest
class PacedSendingTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    PaceSettings settings;

    private SendingHarness harness;
    private TenantId acme;
    private TenantId globex;
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    private void sendingUntil(BooleanSupplier condition) {
        DeliveryEngine engine = harness.engine(SendingHarness.quick(), smtp, composer);
        engine.start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(condition::getAsBoolean);
        } finally {
            engine.stop();
        }
    }

    private RunProgress progress(TenantId tenant, RunId run) {
        RunProgress now = harness.progress(tenant, run);
        assertThat(now.total())
                .isEqualTo(now.waiting() + now.inFlight() + now.sent() + now.failed() + now.skipped() + now.inDoubt());
        return now;
    }

    private boolean isDone(TenantId tenant, RunId run) {
        return progress(tenant, run).state() == RunState.DONE;
    }

    private void wish(TenantId tenant, Wishes wishes) {
        TestTenants.asOwner(tenant, () -> settings.save(wishes));
    }

    private static Wishes limits(Limits limits) {
        return new Wishes(limits, Map.of(), Map.of(), null, null);
    }

    private static Wishes rules(@Nullable QuietHours quiet, ContactRules.@Nullable Cap cap) {
        return new Wishes(Limits.NONE, Map.of(), Map.of(), quiet, cap);
    }

    private List<String> received(String domain) {
        return smtp.received().stream()
                .map(ScriptedSmtp.Received::to)
                .filter(to -> to.endsWith(domain))
                .toList();
    }

    private LocalDateTime databaseMinute() {
        return harness.jdbc
                .sql("SELECT UTC_TIMESTAMP()")
                .query(LocalDateTime.class)
                .single()
                .truncatedTo(ChronoUnit.MINUTES);
    }

    /** As if a minute had passed for what was counted. */
    private void aMinutePasses(TenantId tenant) {
        harness.jdbc
                .sql("UPDATE pace_counter SET window_start = window_start - INTERVAL 1 MINUTE WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    @Test
    void oneAMinuteWithAShortLeaseIsOneAMinuteAndNobodyGetsTwo() {
        wish(acme, limits(new Limits(1, null, null)));
        harness.customers(acme, 6, "acme");
        harness.customers(globex, 6, "globex");
        RunId limited = harness.released(acme, composer);
        RunId free = harness.released(globex, composer);
        // The lease is over before the next minute begins: what was claimed while waiting would be taken over.
        DeliveryProperties shortLease =
                SendingHarness.properties(2, 50, 10, Duration.ofSeconds(6), Duration.ofMillis(1_100));
        LocalDateTime began = databaseMinute();
        DeliveryEngine one = harness.engine(shortLease, smtp, composer);
        DeliveryEngine two = harness.engine(shortLease, smtp, composer);
        one.start();
        two.start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> isDone(globex, free));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> progress(acme, limited).sent() >= 1);
            for (int minute = 1; minute <= 3; minute++) {
                await().during(Duration.ofSeconds(7))
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> progress(acme, limited).inDoubt() == 0);
                long before = progress(acme, limited).sent();
                // One each minute of the database's clock, of which some may have begun meanwhile.
                long real = ChronoUnit.MINUTES.between(began, databaseMinute());
                assertThat(before).isBetween((long) minute, minute + real);
                aMinutePasses(acme);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> progress(acme, limited).sent() > before || isDone(acme, limited));
            }
            wish(acme, limits(Limits.NONE));
            await().atMost(Duration.ofMinutes(2)).until(() -> isDone(acme, limited));
        } finally {
            one.stop();
            two.stop();
        }
        assertThat(received("@acme.example")).hasSize(6).doesNotHaveDuplicates();
        assertThat(received("@globex.example")).hasSize(6).doesNotHaveDuplicates();
        assertThat(progress(acme, limited).inDoubt()).isZero();
    }

    @Test
    void severalNodesTogetherKeepOneLimitAndUnusedPermitsAreGivenBack() {
        wish(acme, limits(new Limits(null, 40, null)));
        harness.customers(acme, 120, "acme");
        smtp.script((step, exchange) ->
                step == ScriptedSmtp.Step.RCPT && exchange.to().startsWith("c3@") ? "450 4.2.1 busy" : null);
        RunId run = harness.released(acme, composer);
        DeliveryEngine one = harness.engine(SendingHarness.quick(), smtp, composer);
        DeliveryEngine two = harness.engine(SendingHarness.quick(), smtp, composer);
        one.start();
        two.start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> progress(acme, run).sent() >= 39);
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> progress(acme, run).sent() <= 40);
        } finally {
            one.stop();
            two.stop();
        }
        assertThat(progress(acme, run).inDoubt()).isZero();
    }

    @Test
    void aDomainBeingWarmedUpSendsItsDaysCeiling() {
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Prague"));
        var domain = new TenantPace.Domain(null, null, new WarmUp(today.minusDays(1), 5, BigDecimal.TWO, 1_000));
        wish(acme, new Wishes(Limits.NONE, Map.of(), Map.of("roast.example", domain), null, null));
        harness.customers(acme, 30, "acme");
        RunId run = harness.released(acme, composer);
        sendingUntil(() -> progress(acme, run).sent() == 10);
        assertThat(progress(acme, run).waiting()).isEqualTo(20);
        var forecast = TestTenants.asOwner(acme, () -> harness.outlook.forecast(0, Instant.now()));
        assertThat(forecast).isEmpty(); // the business itself sends from no domain with a plan
    }

    @Test
    void overAReceiversLimitMessagesWaitForPlacesWithoutAnAttemptWhileOthersGo() {
        wish(acme, new Wishes(Limits.NONE, Map.of("gmail", 10), Map.of(), null, null));
        harness.customers(acme, 5, "acme");
        harness.jdbc
                .sql("INSERT INTO customer (tenant_id, id, email, created_at, updated_at) "
                        + "WITH RECURSIVE n AS (SELECT 1 i UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
                        + "SELECT ?, i, CONCAT('g', i, '@gmail.com'), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM n")
                .param(acme.value())
                .update();
        RunId run = harness.released(acme, composer);
        sendingUntil(
                () -> progress(acme, run).sent() == 15 && progress(acme, run).inFlight() == 0);
        assertThat(received("@acme.example")).hasSize(5);
        assertThat(received("@gmail.com")).hasSize(10);
        assertThat(waits(run)).hasSize(20).allMatch(wait -> wait.attempts() == 0);
        assertThat(waits(run)).extracting(Wait::detail).containsOnly("Waits for the limit of Gmail");
        assertThat(waits(run)).extracting(Wait::hour).containsOnly(1L, 2L);

        anHourPasses(run);
        sendingUntil(
                () -> progress(acme, run).sent() >= 25 && progress(acme, run).inFlight() == 0);
        assertThat(received("@gmail.com")).hasSize(20).doesNotHaveDuplicates();

        // A limit that is lifted lets the rest go at once.
        wish(acme, limits(Limits.NONE));
        sendingUntil(() -> isDone(acme, run));
        assertThat(received("@gmail.com")).hasSize(30).doesNotHaveDuplicates();
    }

    private record Wait(int attempts, String detail, long hour) {}

    private List<Wait> waits(RunId run) {
        return harness.jdbc
                .sql("SELECT attempts, detail, TIMESTAMPDIFF(HOUR, DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%d %H:00:00'), "
                        + "next_attempt_at) FROM message WHERE tenant_id = ? AND run_id = ? AND state = 'RETRY_AT'")
                .params(acme.value(), run.value())
                .query((rs, n) -> new Wait(rs.getInt(1), rs.getString(2), rs.getLong(3)))
                .list();
    }

    private void anHourPasses(RunId run) {
        harness.jdbc
                .sql("UPDATE message SET next_attempt_at = next_attempt_at - INTERVAL 2 HOUR "
                        + "WHERE tenant_id = ? AND run_id = ? AND state = 'RETRY_AT' "
                        + "AND next_attempt_at < UTC_TIMESTAMP(6) + INTERVAL 60 + 60 - MINUTE(UTC_TIMESTAMP(6)) MINUTE")
                .params(acme.value(), run.value())
                .update();
        harness.jdbc
                .sql("UPDATE pace_booking SET used_hour = used_hour - 1, tail_hour = tail_hour - 1 WHERE tenant_id = ?")
                .param(acme.value())
                .update();
    }

    @Test
    void inQuietHoursOfTheBusinessNothingIsEvenClaimed() {
        LocalTime now = LocalTime.now(ZoneId.of("Europe/Prague"));
        wish(acme, rules(new QuietHours(now.minusHours(1), now.plusHours(2), false), null));
        harness.customers(acme, 3, "acme");
        harness.customers(globex, 3, "globex");
        RunId quiet = harness.released(acme, composer);
        RunId other = harness.released(globex, composer);
        RunId urgent = exempt(acme);
        sendingUntil(() -> isDone(globex, other) && isDone(acme, urgent));
        assertThat(progress(acme, quiet).waiting()).isEqualTo(3);
        wish(acme, rules(null, null));
        sendingUntil(() -> isDone(acme, quiet));
    }

    @Test
    void quietHoursWhereACustomerLivesPutOffTheirMailAlone() {
        List<Long> people = harness.customers(acme, 3, "acme");
        LocalTime utc = LocalTime.now(ZoneOffset.UTC);
        zone(people.get(0), "UTC");
        zone(people.get(1), "Etc/GMT-12");
        zone(people.get(2), "no such zone");
        // Quiet now in Greenwich; neither twelve hours further nor in Prague, an hour or two ahead.
        wish(acme, rules(new QuietHours(utc.minusMinutes(20), utc.plusMinutes(30), true), null));
        RunId run = harness.released(acme, composer);
        sendingUntil(
                () -> progress(acme, run).sent() == 2 && progress(acme, run).inFlight() == 0);
        assertThat(received("@acme.example")).containsExactlyInAnyOrder("c1@acme.example", "c2@acme.example");
        assertThat(waits(run)).singleElement().satisfies(wait -> {
            assertThat(wait.attempts()).isZero();
            assertThat(wait.detail()).isEqualTo("Quiet hours where they live");
        });
    }

    private void zone(long customer, String zone) {
        harness.jdbc
                .sql("UPDATE customer SET zone = ? WHERE tenant_id = ? AND id = ?")
                .params(zone, acme.value(), customer)
                .update();
    }

    @Test
    void whoHasHadEnoughIsSkippedAndToldWhyExceptInAnExemptRun() {
        harness.customers(acme, 3, "acme");
        harness.customers(globex, 3, "globex");
        RunId first = harness.released(acme, composer);
        RunId theirs = harness.released(globex, composer);
        sendingUntil(() -> isDone(acme, first) && isDone(globex, theirs));
        wish(acme, rules(null, new ContactRules.Cap(1, 7)));
        RunId second = harness.released(acme, composer);
        RunId notice = exempt(acme);
        RunId theirSecond = harness.released(globex, composer);
        sendingUntil(() -> isDone(acme, second) && isDone(acme, notice) && isDone(globex, theirSecond));
        assertThat(progress(acme, second).skipped()).isEqualTo(3);
        assertThat(details(second)).containsOnly("Frequency cap: already 1 mails in 7 days");
        assertThat(progress(acme, notice).sent()).isEqualTo(3);
        assertThat(progress(globex, theirSecond).sent()).isEqualTo(3);
    }

    @Test
    void ofTwoRunsAtOnceEachPersonGetsTheElder() {
        wish(acme, rules(null, new ContactRules.Cap(1, 7)));
        harness.customers(acme, 60, "acme");
        RunId elder = harness.released(acme, composer);
        RunId younger = harness.released(acme, composer);
        sendingUntil(() -> isDone(acme, elder) && isDone(acme, younger));
        assertThat(progress(acme, elder).sent()).isEqualTo(60);
        assertThat(progress(acme, younger).skipped()).isEqualTo(60);
        assertThat(received("@acme.example")).hasSize(60).doesNotHaveDuplicates();
    }

    /** Case 17, with as many in front as a test may freeze. */
    @Test
    void tenMailsOfOneDoNotWaitForTwoHundredThousandOfAnother() {
        BenchBusiness.addPeople(harness.jdbc, acme, 200_000);
        harness.customers(globex, 10, "globex");
        AtomicInteger backlogSent = new AtomicInteger();
        AtomicInteger tenSent = new AtomicInteger();
        AtomicInteger atTheTenth = new AtomicInteger();
        smtp.script((step, exchange) -> {
            if (step == ScriptedSmtp.Step.CONTENT) {
                pause(2); // some 500 mails a second and connection: the backlog lasts for minutes
                if (exchange.to().endsWith("@bench.example")) {
                    backlogSent.incrementAndGet();
                } else if (tenSent.incrementAndGet() == 10) {
                    atTheTenth.set(backlogSent.get());
                }
            }
            return null;
        });
        RunId backlog = harness.released(acme, composer);
        assertThat(progress(acme, backlog).total()).isEqualTo(200_000);
        DeliveryEngine engine = harness.engine(
                SendingHarness.properties(2, 400, 50, Duration.ofSeconds(60), Duration.ofSeconds(10)), smtp, composer);
        engine.start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> backlogSent.get() > 1_000);
            int before = backlogSent.get();
            RunId ten = harness.released(globex, composer);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> progress(globex, ten).state() == RunState.DONE);
            assertThat(progress(globex, ten).sent()).isEqualTo(10);
            assertThat(atTheTenth.get() - before)
                    .as("mails of the backlog that went before")
                    .isLessThan(2_000);
            assertThat(progress(acme, backlog).waiting()).isGreaterThan(150_000);
        } finally {
            TestTenants.asOwner(acme, () -> harness.outbox.cancel(backlog));
            engine.stop();
        }
        assertThat(progress(acme, backlog).inDoubt()).isZero();
    }

    private RunId exempt(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> {
            RunId run = harness.outbox.open(new RunSpec(
                    composer.kind(),
                    8,
                    "Recall",
                    "Röstwerk",
                    new EmailAddress("hello@roast.example"),
                    null,
                    null,
                    true));
            harness.outbox.enqueue(run, SendingHarness.everybody(tenant));
            harness.outbox.release(run);
            return run;
        });
    }

    private List<String> details(RunId run) {
        return harness.jdbc
                .sql("SELECT detail FROM message WHERE tenant_id = ? AND run_id = ?")
                .params(acme.value(), run.value())
                .query(String.class)
                .list();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
