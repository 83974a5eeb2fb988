package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;

/** Numbers and lists of a run in which there is something of every state, and the check of them when it is over. */
@IntegrationTest
class LedgerReaderTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    LedgerAudit audit;

    private SendingHarness harness;
    private Ledger ledger;
    private TenantId acme;
    private RunId id;
    private Run run;

    @BeforeEach
    void prepare(@Autowired ApplicationContext application) {
        harness = new SendingHarness(application);
        acme = tenants.fresh("Acme");
        harness.customers(acme, 20, "acme");
        id = harness.released(acme, new SendingHarness.PlainComposer());
        // Other people's messages lie around them.
        TenantId globex = tenants.fresh("Globex");
        harness.customers(globex, 5, "globex");
        harness.released(globex, new SendingHarness.PlainComposer());
        ledger = harness.ledger(SendingHarness.properties(1, 10, 5, Duration.ofSeconds(30), Duration.ofSeconds(1)));
        run = ledger.active().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBusinessThatMayNotWorkHasNothingToSendAndTheOthersHave(@Autowired JdbcTemplate jdbc) {
        int before = ledger.active().size();
        for (String stop : List.of("suspended_at", "delete_at")) {
            jdbc.update("UPDATE business SET " + stop + " = UTC_TIMESTAMP(6) WHERE id = ?", acme.value());
            assertThat(ledger.active()).extracting(Run::id).doesNotContain(id);
            assertThat(ledger.active()).hasSize(before - 1);
            jdbc.update("UPDATE business SET " + stop + " = NULL WHERE id = ?", acme.value());
            assertThat(ledger.active()).extracting(Run::id).contains(id);
        }
    }

    /** Two each of sent, failed, skipped, put back; one each of retried, doubtful; then four on their way. */
    private void someOfEach() {
        Claim first = ledger.claim(run, 10);
        List<Long> ids = first.messages().stream().map(Claim.Held::id).toList();
        assertThat(ledger.begin(first, ids.get(9), List.of())).isTrue();
        ledger.end(
                first,
                List.of(
                        Mark.sent(ids.get(0), "250 a"),
                        Mark.sent(ids.get(1), "250 b"),
                        Mark.failed(ids.get(2), "550"),
                        Mark.bounced(ids.get(3), "550 5.1.1"),
                        Mark.skipped(ids.get(4), "Left"),
                        Mark.skipped(ids.get(5), "Left"),
                        Mark.later(ids.get(6), "450", Duration.ofMinutes(30)),
                        Mark.inDoubt(ids.get(7), "?"),
                        Mark.putBack(ids.get(8)),
                        Mark.putBack(ids.get(9))));
        Claim again = ledger.claim(run, 1);
        assertThat(again.fresh()).isFalse();
        assertThat(again.messages()).extracting(Claim.Held::id).containsExactly(ids.get(8));
        Claim othersAgain = ledger.claim(run, 10);
        assertThat(othersAgain.messages()).extracting(Claim.Held::id).containsExactly(ids.get(9));
        ledger.end(othersAgain, List.of(Mark.putOff(ids.get(9), "Not yet", Duration.ofHours(1))));
        Claim fresh = ledger.claim(run, 3);
        assertThat(fresh.fresh()).isTrue();
        assertThat(ledger.begin(fresh, fresh.messages().get(1).id(), List.of())).isTrue();
    }

    private List<Integer> people(@Nullable MessageState state, int size) {
        return TestTenants.asOwner(acme, () -> {
            List<Integer> found = new java.util.ArrayList<>();
            PageRequest page = PageRequest.of(0, size);
            boolean more = true;
            while (more) {
                var slice = harness.outbox.outcomes(id, state, null, page);
                slice.forEach(outcome -> {
                    assertThat(state == null ? outcome.state() : state).isEqualTo(outcome.state());
                    found.add(Integer.valueOf(outcome.email().replaceAll("\\D", "")));
                });
                more = slice.hasNext();
                page = page.next();
            }
            return found;
        });
    }

    @Test
    void everyStateIsFoundInPagesAndCounted() {
        someOfEach();
        for (int size : new int[] {1, 2, 3, 50}) {
            assertThat(people(MessageState.SENT, size)).containsExactly(0, 1);
            assertThat(people(MessageState.FAILED, size)).containsExactly(2, 3);
            assertThat(people(MessageState.SKIPPED, size)).containsExactly(4, 5);
            assertThat(people(MessageState.RETRY_AT, size)).containsExactly(6, 9);
            assertThat(people(MessageState.IN_DOUBT, size)).containsExactly(7);
            assertThat(people(MessageState.TRANSMITTING, size)).containsExactly(10, 11);
            assertThat(people(MessageState.CLAIMED, size)).containsExactly(8, 12);
            assertThat(people(MessageState.PENDING, size)).containsExactly(13, 14, 15, 16, 17, 18, 19);
            assertThat(people(null, size)).hasSize(20).isSorted();
        }
        RunProgress progress = harness.progress(acme, id);
        assertThat(progress.waiting()).isEqualTo(9);
        assertThat(progress.inFlight()).isEqualTo(4);
        assertThat(progress.sent()).isEqualTo(2);
        assertThat(progress.failed()).isEqualTo(2);
        assertThat(progress.skipped()).isEqualTo(2);
        assertThat(progress.inDoubt()).isEqualTo(1);
        assertThat(progress.bounced()).isEqualTo(1);
        assertThat(progress.total()).isEqualTo(20);
    }

    @Test
    void cancelledWhatIsInHandEndsAndTheRestIsSkipped() {
        someOfEach();
        TestTenants.asOwner(acme, () -> harness.outbox.cancel(id));
        RunProgress progress = harness.progress(acme, id);
        assertThat(progress.waiting()).isZero();
        assertThat(progress.inFlight()).isEqualTo(4);
        assertThat(progress.skipped()).isEqualTo(2 + 7 + 2);
        assertThat(ledger.claim(run, 10).messages()).isEmpty();
    }

    @Test
    void aWriteThatIsRepeatedIsCountedOnce() {
        Claim claim = ledger.claim(run, 2);
        long one = claim.messages().getFirst().id();
        long two = claim.messages().getLast().id();
        List<Mark> marks = List.of(Mark.sent(one, "250"));
        ledger.settle(claim, marks);
        ledger.settle(claim, marks);
        assertThat(harness.progress(acme, id).sent()).isEqualTo(1);
        assertThat(harness.progress(acme, id).inFlight()).isEqualTo(1);
        ledger.end(claim, List.of(Mark.sent(one, "250"), Mark.sent(two, "250")));
        ledger.end(claim, List.of(Mark.sent(two, "250")));
        assertThat(harness.progress(acme, id).sent()).isEqualTo(2);
        assertThat(harness.progress(acme, id).inFlight()).isZero();
    }

    @Test
    void theCheckSaysWhatDoesNotAddUpAndMendsIt() {
        Claim claim = ledger.claim(run, 20);
        ledger.end(
                claim,
                claim.messages().stream()
                        .map(held -> Mark.sent(held.id(), "250"))
                        .toList());
        harness.upkeep().tidy(run, Set.of());
        assertThat(harness.progress(acme, id).state()).isEqualTo(RunState.DONE);
        assertThat(audit.check(run)).isTrue();
        harness.jdbc
                .sql("UPDATE delivery_cursor SET sent = 7 WHERE tenant_id = ? AND run_id = ?")
                .params(acme.value(), id.value())
                .update();
        harness.jdbc
                .sql("UPDATE message SET state = 'PENDING' WHERE tenant_id = ? AND id = ?")
                .params(acme.value(), claim.messages().getFirst().id())
                .update();
        assertThat(audit.check(run)).isFalse();
        assertThat(harness.progress(acme, id).sent()).isEqualTo(19);
        assertThat(harness.progress(acme, id).inDoubt()).isEqualTo(1);
        assertThat(audit.check(run)).isTrue();
    }
}
