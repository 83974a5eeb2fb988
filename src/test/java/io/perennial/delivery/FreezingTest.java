package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class FreezingTest {

    private static final int PEOPLE = 300;

    @Autowired
    TestTenants tenants;

    @Autowired
    PlatformTransactionManager transactions;

    private final SendingHarness.PlainComposer composer = new SendingHarness.PlainComposer();
    private SendingHarness harness;
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        harness.customers(acme, PEOPLE, "acme");
        harness.customers(globex, PEOPLE, "globex");
    }

    private RunId opened() {
        return TestTenants.asOwner(
                acme,
                () -> harness.outbox.open(new RunSpec(
                        composer.kind(), 7, "Test", "Röstwerk", new EmailAddress("hello@roast.example"), null, null)));
    }

    private record Row(long id, long customer) {}

    private List<Row> rows(RunId run) {
        return harness.jdbc
                .sql("SELECT id, customer_id FROM message WHERE tenant_id = ? AND run_id = ? ORDER BY id")
                .params(acme.value(), run.value())
                .query((rs, n) -> new Row(rs.getLong(1), rs.getLong(2)))
                .list();
    }

    private static void assertWithoutGaps(List<Row> rows, int people) {
        assertThat(rows).hasSize(people);
        assertThat(rows.getLast().id() - rows.getFirst().id()).isEqualTo(rows.size() - 1);
        assertThat(rows.stream().map(Row::customer)).doesNotHaveDuplicates();
    }

    @Test
    void severalWhoFreezeOneRunAtOnceAddEachPersonOnce() throws Exception {
        RunId run = opened();
        int freezers = 4;
        CyclicBarrier together = new CyclicBarrier(freezers);
        Callable<Long> freeze = () -> {
            together.await();
            return TestTenants.asOwner(acme, () -> harness.outbox.enqueue(run, SendingHarness.everybody(acme)));
        };
        List<Long> added = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(freezers)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < freezers; i++) {
                all.add(threads.submit(freeze));
            }
            for (Future<Long> one : all) {
                added.add(one.get());
            }
        }
        assertThat(added).containsExactlyInAnyOrder((long) PEOPLE, 0L, 0L, 0L);
        assertThat(rows(run)).hasSize(PEOPLE);
        assertThat(harness.progress(acme, run).total()).isEqualTo(PEOPLE);
    }

    @Test
    void idsFollowOneAnotherInTheOrderOfPeopleAlsoOfThoseAddedLater() {
        RunId run = harness.prepared(acme, composer, null);
        assertWithoutGaps(rows(run), PEOPLE);
        assertThat(rows(run).stream().map(Row::customer)).isSorted();
        harness.customers(acme, 20, "late");
        TestTenants.asOwner(acme, () -> harness.outbox.enqueue(run, SendingHarness.everybody(acme)));
        assertWithoutGaps(rows(run), PEOPLE + 20);
    }

    @Test
    void anAudienceThatForgetsWhoseItIsFreezesItsOwnPeopleOnly() {
        RunId run = opened();
        SqlFragment careless = SqlFragment.of(
                "SELECT c.id, c.email FROM customer c WHERE c.tenant_id IN (?, ?)", acme.value(), globex.value());
        TestTenants.asOwner(
                acme, () -> assertThat(harness.outbox.enqueue(run, careless)).isEqualTo(PEOPLE));
        assertThat(harness.jdbc
                        .sql(
                                "SELECT COUNT(*) FROM message m JOIN customer c ON c.tenant_id = ? AND c.id = m.customer_id "
                                        + "WHERE m.tenant_id IN (?, ?)")
                        .params(globex.value(), acme.value(), globex.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aMessageOfNoRunIsRefusedByTheDatabaseEvenRightAfterAFreeze() {
        RunId run = opened();
        TestTenants.asOwner(
                acme,
                () -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    harness.outbox.enqueue(run, SendingHarness.everybody(acme));
                    assertThatExceptionOfType(DataIntegrityViolationException.class)
                            .isThrownBy(() -> harness.jdbc
                                    .sql("INSERT INTO message (tenant_id, id, run_id, customer_id, email, state) "
                                            + "VALUES (?, 1, 1, 1, 'a@acme.example', 'PENDING')")
                                    .param(acme.value())
                                    .update());
                    status.setRollbackOnly();
                }));
        assertThat(rows(run)).isEmpty();
    }
}
