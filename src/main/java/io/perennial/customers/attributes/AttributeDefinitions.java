package io.perennial.customers.attributes;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says which attributes a business has. Type and key stay as they were defined. */
@Service
@TenantSql("Changes single rows of two small tables; every statement names the current tenant.")
public class AttributeDefinitions {

    /** What a key looks like. */
    public static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    private static final int LONGEST_NAME = 100;

    private final JdbcClient jdbc;
    private final AttributeCatalogue catalogue;
    private final AttributeChoices choices;
    private final AuditLog audit;
    private final ObjectProvider<AttributeUse> users;

    AttributeDefinitions(
            JdbcClient jdbc,
            AttributeCatalogue catalogue,
            AttributeChoices choices,
            AuditLog audit,
            ObjectProvider<AttributeUse> users) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.choices = choices;
        this.audit = audit;
        this.users = users;
    }

    /** A key made of a name; empty if nothing of the name can be in one. */
    public static String keyOf(String name) {
        String plain = Normalizer.normalize(
                        name.replace('ł', 'l')
                                .replace('Ł', 'L')
                                .replace('đ', 'd')
                                .replace('Đ', 'D'),
                        Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[_0-9]+|_+$", "");
        return plain.length() > 60 ? plain.substring(0, 60) : plain;
    }

    /**
     * Adds an attribute, behind the others.
     *
     * @param choiceNames in their order, for CHOICE and LIST; none for the others
     * @throws InvalidAttribute if a name, the key or the choices cannot be, or there are too many
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public CustomerAttribute define(String key, String name, AttributeType type, List<String> choiceNames) {
        catalogue.lock();
        if (!KEY.matcher(key).matches()) {
            throw new InvalidAttribute("key");
        }
        List<CustomerAttribute> all = catalogue.all();
        checkRoom(all);
        if (all.stream().anyMatch(attribute -> attribute.key().equals(key))) {
            throw new InvalidAttribute("key_taken", key);
        }
        checkName(all, name, null);
        AttributeId id = new AttributeId(TimeOrderedIds.next());
        jdbc.sql("INSERT INTO customer_attribute (tenant_id, id, attribute_key, name, type, position) "
                        + "VALUES (?, ?, ?, ?, ?, ?)")
                .params(tenant(), id.value(), key, name.strip(), type.name(), all.size())
                .update();
        if (type == AttributeType.YES_NO) {
            choices.addYesAndNo(id);
        } else if (type.hasChoices()) {
            choices.save(
                    catalogue.require(id),
                    choiceNames.stream()
                            .map(choice -> new AttributeChoice(0, choice, false))
                            .toList(),
                    false);
        }
        audit.record(AttributeDeed.DEFINED, id, name.strip());
        return catalogue.require(id);
    }

    /**
     * Renames an attribute, and saves its choices.
     *
     * @param wanted as {@link #saveChoices} takes them, or nothing to leave them
     * @throws InvalidAttribute if it cannot be so; nothing is changed then
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void change(AttributeId id, String name, @Nullable List<AttributeChoice> wanted) {
        catalogue.lock();
        CustomerAttribute before = catalogue.require(id);
        checkName(catalogue.all(), name, before);
        audit.record(
                AttributeDeed.CHANGED,
                id,
                name.strip(),
                AuditChanges.none().and("attributes.name", before.name(), name.strip()));
        jdbc.sql("UPDATE customer_attribute SET name = ? WHERE tenant_id = ? AND id = ?")
                .params(name.strip(), tenant(), id.value())
                .update();
        if (wanted != null) {
            saveChoices(id, wanted);
        }
    }

    /** Puts the attributes in this order; those not named come behind. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void order(List<AttributeId> order) {
        catalogue.lock();
        List<AttributeId> rest = catalogue.all().stream()
                .map(CustomerAttribute::id)
                .filter(id -> !order.contains(id))
                .toList();
        int position = 0;
        for (List<AttributeId> ids : List.of(order, rest)) {
            for (AttributeId id : ids) {
                jdbc.sql("UPDATE customer_attribute SET position = ? WHERE tenant_id = ? AND id = ?")
                        .params(position++, tenant(), id.value())
                        .update();
            }
        }
    }

    /**
     * Saves the choices of an attribute in this order. A number of 0 adds one; those left out go if no customer has them
     * and nothing uses the attribute, and are archived otherwise.
     *
     * @throws InvalidAttribute if a name is missing, too long or there twice, or there are too many or none
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void saveChoices(AttributeId id, List<AttributeChoice> wanted) {
        catalogue.lock();
        choices.save(catalogue.require(id), wanted, !usesOf(id).isEmpty());
    }

    /** Hides an attribute; its values stay, and rules that use it go on working. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void archive(AttributeId id) {
        CustomerAttribute attribute = catalogue.require(id);
        jdbc.sql("UPDATE customer_attribute SET archived_at = ? WHERE tenant_id = ? AND id = ? AND archived_at IS NULL")
                .params(LocalDateTime.now(Clock.systemUTC()), tenant(), id.value())
                .update();
        audit.record(AttributeDeed.ARCHIVED, id, attribute.name());
    }

    /**
     * Shows an archived attribute again.
     *
     * @throws InvalidAttribute if there are too many already
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void restore(AttributeId id) {
        catalogue.lock();
        checkRoom(catalogue.all());
        audit.record(AttributeDeed.RESTORED, id, catalogue.require(id).name());
        jdbc.sql("UPDATE customer_attribute SET archived_at = NULL WHERE tenant_id = ? AND id = ?")
                .params(tenant(), id.value())
                .update();
    }

    /** Whether it can be deleted: no customer has a value and nothing uses it. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:write')")
    public boolean isUnused(AttributeId id) {
        return usesOf(id).isEmpty() && !hasValues(catalogue.require(id));
    }

    /** What uses an attribute beside the values, as words ready to show. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:write')")
    public List<String> usesOf(AttributeId id) {
        CustomerAttribute attribute = catalogue.require(id);
        return users.orderedStream()
                .flatMap(user -> user.usesOf(attribute).stream())
                .toList();
    }

    /**
     * Deletes an attribute that nobody uses.
     *
     * @throws IllegalStateException if a customer has a value or something uses it: archive it then
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void delete(AttributeId id) {
        catalogue.lock();
        if (!isUnused(id)) {
            throw new IllegalStateException("In use");
        }
        audit.record(AttributeDeed.DELETED, id, catalogue.require(id).name());
        jdbc.sql("DELETE FROM customer_attribute WHERE tenant_id = ? AND id = ?")
                .params(tenant(), id.value())
                .update();
    }

    private boolean hasValues(CustomerAttribute attribute) {
        return jdbc.sql("SELECT 1 FROM " + attribute.type().table()
                        + " WHERE tenant_id = ? AND attribute_id = ? LIMIT 1")
                .params(tenant(), attribute.id().value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private static void checkRoom(List<CustomerAttribute> all) {
        if (all.stream().filter(attribute -> !attribute.archived()).count() >= CustomerAttribute.MOST) {
            throw new InvalidAttribute("too_many", CustomerAttribute.MOST);
        }
    }

    private static void checkName(List<CustomerAttribute> all, String name, @Nullable CustomerAttribute self) {
        if (name.isBlank()) {
            throw new InvalidAttribute("no_name");
        }
        if (name.strip().length() > LONGEST_NAME) {
            throw new InvalidAttribute("name_too_long", LONGEST_NAME);
        }
        if (all.stream().anyMatch(other -> !other.equals(self) && other.name().equalsIgnoreCase(name.strip()))) {
            throw new InvalidAttribute("name_taken", name.strip());
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
