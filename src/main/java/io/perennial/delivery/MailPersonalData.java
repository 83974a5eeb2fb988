package io.perennial.delivery;

import io.perennial.customers.ErasedRows;
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
import java.util.Locale;
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

    /** Links that are in memory at a time. */
    private static final int PAGE = 2_000;

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
    public void eraseTraces(List<Person> people, ErasedRows rows) {
        Map<String, Long> addresses = new LinkedHashMap<>();
        people.forEach(person -> {
            if (person.email() != null) {
                addresses.put(person.email(), person.id().value());
            }
        });
        if (!addresses.isEmpty()) {
            links(addresses, rows);
            reasons(addresses, rows);
            quarantined(addresses, rows);
        }
    }

    private record Link(long run, long link, String url) {}

    /** A template may put an address into a link; then the link leads nowhere afterwards. */
    private void links(Map<String, Long> addresses, ErasedRows rows) {
        Map<String, Long> written = new LinkedHashMap<>();
        addresses.forEach((email, customer) -> {
            written.put(email.toLowerCase(Locale.ROOT), customer);
            written.put(URLEncoder.encode(email, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT), customer);
        });
        long run = Long.MIN_VALUE;
        long link = Long.MIN_VALUE;
        List<Link> page;
        do {
            page = jdbc.sql("SELECT run_id, link, url FROM run_link WHERE tenant_id = ? "
                            + "AND (run_id > ? OR (run_id = ? AND link > ?)) AND (url LIKE '%@%' OR url LIKE '%!%40%' ESCAPE '!') "
                            + "ORDER BY run_id, link LIMIT " + PAGE)
                    .params(tenant(), run, run, link)
                    .query((rs, n) -> new Link(rs.getLong(1), rs.getLong(2), rs.getString(3)))
                    .list();
            for (Link one : page) {
                run = one.run();
                link = one.link();
                String url = one.url().toLowerCase(Locale.ROOT);
                Long customer = written.entrySet().stream()
                        .filter(address -> url.contains(address.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
                if (customer != null) {
                    jdbc.sql("DELETE FROM run_link WHERE tenant_id = ? AND run_id = ? AND link = ?")
                            .params(tenant(), one.run(), one.link())
                            .update();
                    rows.add(customer, "run_link", 1);
                }
            }
        } while (page.size() == PAGE);
    }

    private void reasons(Map<String, Long> addresses, ErasedRows rows) {
        record Reason(long run, String words) {}
        List<Reason> all = jdbc.sql("SELECT id, state_reason FROM delivery_run WHERE tenant_id = ? "
                        + "AND state_reason LIKE '%@%'")
                .param(tenant())
                .query((rs, n) -> new Reason(rs.getLong(1), rs.getString(2)))
                .list();
        for (Reason reason : all) {
            addresses.forEach((email, customer) -> {
                if (reason.words().toLowerCase(Locale.ROOT).contains(email.toLowerCase(Locale.ROOT))) {
                    jdbc.sql("UPDATE delivery_run SET state_reason = REPLACE(state_reason, ?, ?) "
                                    + "WHERE tenant_id = ? AND id = ?")
                            .params(email, NOBODY, tenant(), reason.run())
                            .update();
                    rows.add(customer, "delivery_run", 1);
                }
            });
        }
    }

    private void quarantined(Map<String, Long> addresses, ErasedRows rows) {
        boolean any = jdbc.sql("SELECT EXISTS (SELECT 1 FROM quarantined_mail WHERE tenant_id = ?)")
                .param(tenant())
                .query(Boolean.class)
                .single();
        if (!any) {
            return;
        }
        addresses.forEach((email, customer) -> rows.add(
                customer,
                "quarantined_mail",
                jdbc.sql("DELETE FROM quarantined_mail WHERE tenant_id = ? AND (content LIKE ? ESCAPE '!' "
                                + "OR recipients LIKE ? ESCAPE '!' OR detail LIKE ? ESCAPE '!')")
                        .params(tenant(), like(email), like(email), like(email))
                        .update()));
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }

    private static String like(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
