package io.perennial.delivery;

import io.perennial.customers.MergeRule;
import io.perennial.customers.Person;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What delivery keeps about a customer. The ledger's rows stay, so that the numbers of runs still add up; what waits is
 * skipped when its turn comes, since the customer is gone.
 */
@Component
@TenantSql("Overwrites texts by search; every statement names the current tenant.")
class MailPersonalData implements PersonalData {

    private final JdbcClient jdbc;

    MailPersonalData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PersonalTable> tables() {
        return List.of(
                // Answers of mail servers like to name the address.
                PersonalTable.blanked("message", "email", "'" + NOBODY + "'", "detail", "NULL")
                        .merging(MergeRule.movesUnlessThere("run_id", "id")),
                PersonalTable.blanked("message_event", "user_agent", "NULL").merging(MergeRule.moves("id")),
                PersonalTable.blanked("message_return", "diagnostic", "''", "reporter", "NULL")
                        .merging(MergeRule.moves("message_id", "kind")),
                PersonalTable.deleted("customer_tracking")
                        .merging(MergeRule.stricter("m.allowed = FALSE AND s.allowed = TRUE")));
    }

    /** Mails name their run. */
    @Override
    public Map<String, Object> told(String table, Map<String, Object> row) {
        if (!table.equals("message")) {
            return row;
        }
        Map<String, Object> told = new LinkedHashMap<>();
        jdbc.sql("SELECT title FROM delivery_run WHERE tenant_id = ? AND id = ?")
                .param(CurrentTenant.require().value())
                .param(row.get("run_id"))
                .query(String.class)
                .optional()
                .ifPresent(title -> told.put("mail", title));
        told.putAll(row);
        return told;
    }

    @Override
    public Map<String, Long> eraseTraces(Person person) {
        String email = person.email();
        if (email == null) {
            return Map.of();
        }
        long tenant = CurrentTenant.require().value();
        // A template may put an address into a link; then the link leads nowhere afterwards.
        int links = jdbc.sql(
                        "DELETE FROM run_link WHERE tenant_id = ? AND (url LIKE ? ESCAPE '!' OR url LIKE ? ESCAPE '!')")
                .params(tenant, like(email), like(URLEncoder.encode(email, StandardCharsets.UTF_8)))
                .update();
        int runs = jdbc.sql("UPDATE delivery_run SET state_reason = REPLACE(state_reason, ?, ?) "
                        + "WHERE tenant_id = ? AND state_reason LIKE ? ESCAPE '!'")
                .params(email, NOBODY, tenant, like(email))
                .update();
        int mails = jdbc.sql("DELETE FROM quarantined_mail WHERE tenant_id = ? AND (content LIKE ? ESCAPE '!' "
                        + "OR recipients LIKE ? ESCAPE '!' OR detail LIKE ? ESCAPE '!')")
                .params(tenant, like(email), like(email), like(email))
                .update();
        return Map.of("run_link", (long) links, "delivery_run", (long) runs, "quarantined_mail", (long) mails);
    }

    private static String like(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
