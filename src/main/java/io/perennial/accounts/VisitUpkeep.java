package io.perennial.accounts;

import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the end of visits into the log that nobody left: their time is over, or something about their operator changed. */
@Component
@TenantSql("Visits of all businesses that are over; each is ended by its own tenant and id.")
class VisitUpkeep {

    private final JdbcClient jdbc;
    private final OperatorVisits visits;
    private final TransactionTemplate transaction;

    VisitUpkeep(JdbcClient jdbc, OperatorVisits visits, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.visits = visits;
        this.transaction = transaction;
    }

    private record Over(OperatorVisit visit, long account, String who, VisitEnd why) {}

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void endWhatIsOver() {
        over().forEach(each -> transaction.executeWithoutResult(
                status -> visits.end(each.visit(), each.account(), each.who(), each.why())));
    }

    private List<Over> over() {
        return jdbc.sql("SELECT /* all tenants */ v.*, v.ends_at <= UTC_TIMESTAMP(6) AS late, "
                        + "COALESCE(a.enabled AND a.operator, FALSE) AS operates FROM operator_visit v "
                        + "JOIN business b ON b.id = v.tenant_id LEFT JOIN staff_account a ON a.id = v.account_id "
                        + "WHERE v.ended_at IS NULL AND NOT COALESCE(" + OperatorVisits.GOES_ON + ", FALSE) LIMIT 200")
                .query((rs, n) -> new Over(
                        new OperatorVisit(
                                rs.getLong("id"),
                                rs.getLong("tenant_id"),
                                rs.getLong("home"),
                                rs.getString("reason"),
                                rs.getBoolean("may_write")),
                        rs.getLong("account_id"),
                        rs.getString("who"),
                        rs.getBoolean("late")
                                ? VisitEnd.TIME_OVER
                                : rs.getBoolean("operates") ? VisitEnd.SUSPENDED : VisitEnd.NO_OPERATOR))
                .list();
    }
}
