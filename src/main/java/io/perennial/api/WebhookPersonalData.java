package io.perennial.api;

import io.perennial.customers.ErasedRows;
import io.perennial.customers.MergeRule;
import io.perennial.customers.Person;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What programs were told about somebody. Events hold ids only; those about one customer go with them, with all that came of
 * sending them. What a receiver answered may hold anything.
 */
@Component
@TenantSql("Overwrites texts by search; every statement names the current tenant.")
class WebhookPersonalData implements PersonalData {

    private static final int STEP = 1_000;

    private final JdbcClient jdbc;

    WebhookPersonalData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PersonalTable> tables() {
        return List.of(PersonalTable.deleted("webhook_event")
                .merging(MergeRule.moves("id"))
                .goingAlong());
    }

    /** That a program was told something, and what of; whom it was told by is the business's affair. */
    @Override
    public Map<String, Object> told(String table, Map<String, Object> row) {
        return row.entrySet().stream()
                .filter(cell -> cell.getKey().equals("at") || cell.getKey().equals("type"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Answers with an address in them are gone through once, however many people it is. */
    @Override
    public void eraseTraces(List<Person> people, ErasedRows rows) {
        Map<String, Long> addresses = new LinkedHashMap<>();
        for (Person person : people) {
            if (person.email() != null) {
                addresses.put(
                        person.email().toLowerCase(Locale.ROOT), person.id().value());
            }
        }
        List<Answer> some = List.of();
        do {
            some = addresses.isEmpty()
                    ? List.of()
                    : answersAfter(
                            some.isEmpty() ? Long.MIN_VALUE : some.getLast().id());
            some.forEach(answer -> addresses.forEach((email, customer) -> {
                if (answer.text().toLowerCase(Locale.ROOT).contains(email)) {
                    forget(answer);
                    rows.add(customer, "webhook_attempt", 1);
                }
            }));
        } while (some.size() == STEP);
    }

    private record Answer(long id, String text) {}

    private List<Answer> answersAfter(long id) {
        return jdbc.sql("SELECT id, answer FROM webhook_attempt WHERE tenant_id = ? AND id > ? AND answer LIKE '%@%' "
                        + "ORDER BY id LIMIT " + STEP)
                .params(CurrentTenant.require().value(), id)
                .query((rs, n) -> new Answer(rs.getLong(1), rs.getString(2)))
                .list();
    }

    private void forget(Answer answer) {
        jdbc.sql("UPDATE webhook_attempt SET answer = NULL WHERE tenant_id = ? AND id = ?")
                .params(CurrentTenant.require().value(), answer.id())
                .update();
    }
}
