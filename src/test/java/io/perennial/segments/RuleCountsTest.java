package io.perennial.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TenantId;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.RuleContext.IdRange;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
class RuleCountsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");
    private static final Duration LONG = Duration.ofMinutes(1);

    @Autowired
    RuleCounts counts;

    @Autowired
    CustomerSlices slices;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource source;

    @Test
    void aCountIsOfTheOwnCustomersAndKnowsTheNewest() {
        RuleContext acme = new RuleContext(tenants.fresh("Acme"), ZONE, LocalDate.now(ZONE));
        RuleContext globex = new RuleContext(tenants.fresh("Globex"), ZONE, LocalDate.now(ZONE));
        List<CustomerFacts> own = new RandomCustomers(new Random(4), jdbc, acme).insert(90);
        new RandomCustomers(new Random(5), jdbc, globex).insert(30);
        FoundCustomers found = counts.count(Rule.everybody(), acme, unheard -> {});
        assertThat(found.count()).isEqualTo(90);
        assertThat(found.newest())
                .startsWith(own.getLast().id(), own.get(88).id(), own.get(87).id())
                .hasSizeGreaterThanOrEqualTo(20);
        Rule nobody = Condition.of(Field.CITY, Operator.IS, "Nowhere");
        assertThat(counts.count(nobody, acme, unheard -> {})).isEqualTo(new FoundCustomers(0, List.of()));
    }

    @Test
    void slicesCoverEveryIdOnce() {
        TenantId shop = tenants.fresh("Slices");
        RuleContext context = new RuleContext(shop, ZONE, LocalDate.now(ZONE));
        new RandomCustomers(new Random(6), jdbc, context).insert(3);
        assertThat(slices.of(shop, 4)).containsExactly(new IdRange(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Test
    void whoWaitsNoLongerHasTheServerStop() throws Exception {
        String slow = "SELECT SLEEP(50) AS picked, 'count of %d' AS newest"
                .formatted(ProcessHandle.current().pid());
        RunningCount count =
                new RunningCount(source, Collections.nCopies(3, SqlFragment.of(slow)), LONG, progress -> {});
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread waiting = Thread.ofPlatform()
                .uncaughtExceptionHandler((thread, e) -> end.set(e))
                .start(count);
        await().atMost(Duration.ofSeconds(20)).until(() -> runs(slow));
        count.stop();
        waiting.join(Duration.ofSeconds(20));
        assertThat(waiting.isAlive()).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(() -> !runs(slow));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(count::found);
    }

    private boolean runs(String sql) {
        return jdbc.queryForObject(
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE info = ?", Integer.class, sql)
                > 0;
    }

    @Test
    void whatTakesTooLongIsStoppedOnTheServerAndNobodyIsToldAnotherReason() throws Exception {
        String slow = "SELECT SLEEP(40) AS picked, 'too long for %d' AS newest"
                .formatted(ProcessHandle.current().pid());
        RunningCount count =
                new RunningCount(source, Collections.nCopies(2, SqlFragment.of(slow)), Duration.ofSeconds(1), p -> {});
        List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
        List<Thread> workers = Stream.generate(() -> Thread.ofPlatform()
                        .uncaughtExceptionHandler((thread, e) -> ends.add(e))
                        .start(count))
                .limit(2)
                .toList();
        for (Thread worker : workers) {
            worker.join(Duration.ofSeconds(30));
            assertThat(worker.isAlive()).isFalse();
        }
        assertThat(ends).singleElement().isInstanceOf(QueryTimeoutException.class);
        assertThat(runs(slow)).isFalse();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(count::found);
    }

    @Test
    void aLongCountSaysHowFarItIs() {
        SqlFragment part = SqlFragment.of("SELECT 7 AS picked, '1:3' AS newest");
        List<CountProgress> heard = new ArrayList<>();
        RunningCount count = new RunningCount(source, Collections.nCopies(4, part), LONG, heard::add);
        count.run();
        assertThat(heard)
                .containsExactly(new CountProgress(0.25, 7), new CountProgress(0.5, 14), new CountProgress(0.75, 21));
        assertThat(count.found().count()).isEqualTo(28);
    }
}
