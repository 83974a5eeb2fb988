package io.perennial.customers.attributes;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the choices of one attribute; its caller holds the lock on the definitions. */
@Component
@TenantSql("Changes a handful of rows of one table; every statement names the current tenant.")
class AttributeChoices {

    static final int LONGEST_NAME = 100;

    private final JdbcClient jdbc;

    AttributeChoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void addYesAndNo(AttributeId id) {
        insert(id, new AttributeChoice(0, "no", false), 0);
        insert(id, new AttributeChoice(1, "yes", false), 1);
    }

    void save(CustomerAttribute attribute, List<AttributeChoice> wanted, boolean used) {
        if (!attribute.type().hasChoices()) {
            throw new IllegalArgumentException(attribute.key() + " has no choices");
        }
        check(wanted);
        List<AttributeChoice> numbered = numbered(attribute, wanted);
        Set<Integer> kept = numbered.stream().map(AttributeChoice::number).collect(Collectors.toSet());
        Set<Integer> known =
                attribute.choices().stream().map(AttributeChoice::number).collect(Collectors.toSet());
        int position = numbered.size();
        for (AttributeChoice left : attribute.choices()) {
            if (!kept.contains(left.number())) {
                leaveOut(attribute.id(), left, position++, used);
            }
        }
        // Names that change places would meet on the way.
        jdbc.sql("UPDATE customer_attribute_choice SET name = CONCAT('!', choice, '!', position) "
                        + "WHERE tenant_id = ? AND attribute_id = ? AND archived_at IS NULL")
                .params(tenant(), attribute.id().value())
                .update();
        for (int i = 0; i < numbered.size(); i++) {
            put(
                    attribute.id(),
                    numbered.get(i),
                    i,
                    known.contains(numbered.get(i).number()));
        }
    }

    private void put(AttributeId id, AttributeChoice choice, int position, boolean known) {
        try {
            if (known) {
                jdbc.sql("UPDATE customer_attribute_choice SET name = ?, position = ?, archived_at = NULL "
                                + "WHERE tenant_id = ? AND attribute_id = ? AND choice = ?")
                        .params(choice.name().strip(), position, tenant(), id.value(), choice.number())
                        .update();
            } else {
                insert(id, choice, position);
            }
        } catch (DuplicateKeyException e) { // the database sees "Café" and "cafe" as one
            throw new InvalidAttribute("choice_twice", choice.name().strip());
        }
    }

    /** New ones get a number: that of one of the same name which is archived or was left out, or else the next. */
    private static List<AttributeChoice> numbered(CustomerAttribute attribute, List<AttributeChoice> wanted) {
        Set<Integer> taken = new HashSet<>();
        wanted.forEach(choice -> taken.add(choice.number()));
        int next = attribute.choices().stream()
                        .mapToInt(AttributeChoice::number)
                        .max()
                        .orElse(0)
                + 1;
        List<AttributeChoice> numbered = new ArrayList<>();
        for (AttributeChoice choice : wanted) {
            if (choice.number() != 0) {
                if (attribute.choice(choice.number()).isEmpty()) {
                    throw new IllegalArgumentException(attribute.key() + " has no choice " + choice.number());
                }
                numbered.add(choice);
                continue;
            }
            int number = attribute
                    .choiceNamed(choice.name())
                    .map(AttributeChoice::number)
                    .filter(taken::add)
                    .orElse(0);
            numbered.add(new AttributeChoice(number == 0 ? next++ : number, choice.name(), false));
        }
        return numbered;
    }

    private void leaveOut(AttributeId id, AttributeChoice choice, int position, boolean used) {
        boolean had = used
                || jdbc.sql("SELECT 1 FROM customer_choice WHERE tenant_id = ? AND attribute_id = ? AND choice = ? "
                                + "LIMIT 1")
                        .params(tenant(), id.value(), choice.number())
                        .query(Integer.class)
                        .optional()
                        .isPresent();
        if (had) {
            jdbc.sql("UPDATE customer_attribute_choice SET archived_at = COALESCE(archived_at, UTC_TIMESTAMP(6)), "
                            + "position = ? WHERE tenant_id = ? AND attribute_id = ? AND choice = ?")
                    .params(position, tenant(), id.value(), choice.number())
                    .update();
        } else {
            jdbc.sql("DELETE FROM customer_attribute_choice WHERE tenant_id = ? AND attribute_id = ? AND choice = ?")
                    .params(tenant(), id.value(), choice.number())
                    .update();
        }
    }

    private void insert(AttributeId id, AttributeChoice choice, int position) {
        jdbc.sql("INSERT INTO customer_attribute_choice (tenant_id, attribute_id, choice, name, position) "
                        + "VALUES (?, ?, ?, ?, ?)")
                .params(tenant(), id.value(), choice.number(), choice.name().strip(), position)
                .update();
    }

    private static void check(List<AttributeChoice> wanted) {
        if (wanted.isEmpty()) {
            throw new InvalidAttribute("no_choices");
        }
        if (wanted.size() > CustomerAttribute.MOST_CHOICES) {
            throw new InvalidAttribute("too_many_choices", CustomerAttribute.MOST_CHOICES);
        }
        for (AttributeChoice choice : wanted) {
            String name = choice.name().strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.contains(AttributeText.SEPARATOR)) {
                throw new InvalidAttribute("choice_name", name, LONGEST_NAME);
            }
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
