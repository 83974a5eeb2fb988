package io.perennial.delivery.pace;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives messages their places with limited receivers, for all nodes together. */
@Component
@TenantSql("One row a receiver that several nodes lock in turn; each statement names the tenant.")
class ReceiverQueues {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ReceiverQueues(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /**
     * One message to a receiver.
     *
     * @param returning whether it has waited for its place
     */
    record Caller(long message, boolean returning) {}

    /** One put off. */
    record PutOff(long message, Duration delay) {}

    /**
     * Lets messages go, or gives them places later.
     *
     * @param callers by receiver; each receiver has a limit
     * @return those put off; returning ones were served first
     */
    List<PutOff> call(TenantId tenant, Map<String, List<Caller>> callers, Map<String, Integer> limits) {
        List<PutOff> putOff = new ArrayList<>();
        // Receivers in a fixed order, so that two workers never wait for each other.
        new TreeMap<>(callers)
                .forEach((receiver, those) -> transaction.executeWithoutResult(status -> {
                    ReceiverQueue queue = open(tenant, receiver, limits.getOrDefault(receiver, Integer.MAX_VALUE));
                    for (boolean returning : new boolean[] {true, false}) {
                        for (Caller caller : those) {
                            if (caller.returning() == returning) {
                                Duration wait = queue.next(returning);
                                if (wait.isPositive()) {
                                    putOff.add(new PutOff(caller.message(), wait));
                                }
                            }
                        }
                    }
                    keep(tenant, receiver, queue);
                }));
        return putOff;
    }

    /** Forgets the places given, with new limits for instance; those who hold one are to ask anew. */
    void reset(TenantId tenant) {
        jdbc.sql("UPDATE pace_booking SET tail_hour = 0, tail_used = 0, late_hour = 0, late_used = 0 "
                        + "WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    private ReceiverQueue open(TenantId tenant, String receiver, int limit) {
        jdbc.sql("INSERT INTO pace_booking (tenant_id, receiver, used_hour, used, tail_hour, tail_used, late_hour, "
                        + "late_used) VALUES (?, ?, 0, 0, 0, 0, 0, 0) ON DUPLICATE KEY UPDATE used = used")
                .params(tenant.value(), receiver)
                .update();
        return jdbc.sql("SELECT UTC_TIMESTAMP(6) t, used_hour, used, tail_hour, tail_used, late_hour, late_used "
                        + "FROM pace_booking WHERE tenant_id = ? AND receiver = ? FOR UPDATE")
                .params(tenant.value(), receiver)
                .query((rs, row) -> new ReceiverQueue(
                        limit,
                        rs.getObject(1, LocalDateTime.class),
                        rs.getLong(2),
                        rs.getInt(3),
                        rs.getLong(4),
                        rs.getInt(5),
                        rs.getLong(6),
                        rs.getInt(7)))
                .single();
    }

    private void keep(TenantId tenant, String receiver, ReceiverQueue queue) {
        jdbc.sql("UPDATE pace_booking SET used_hour = ?, used = ?, tail_hour = ?, tail_used = ?, late_hour = ?, "
                        + "late_used = ? WHERE tenant_id = ? AND receiver = ?")
                .params(
                        queue.usedHour,
                        queue.used,
                        queue.tailHour,
                        queue.tailUsed,
                        queue.lateHour,
                        queue.lateUsed,
                        tenant.value(),
                        receiver)
                .update();
    }
}
