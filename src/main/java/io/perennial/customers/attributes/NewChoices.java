package io.perennial.customers.attributes;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives attributes further choices, for imports. Joins the caller's transaction, which holds the lock on the business's
 * row as {@link AttributeCatalogue#lock} takes it, and asks for no permission: its callers do.
 */
@Component
@TenantSql("Adds a few rows to one small table; every statement names the tenant.")
public class NewChoices {

    private final JdbcClient jdbc;
    private final AuditLog audit;

    NewChoices(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** Whether an attribute can have a choice of this name, beside how many there may be. */
    public static boolean canBeCalled(String name) {
        return !name.isBlank()
                && name.length() <= AttributeChoices.LONGEST_NAME
                && !name.contains(AttributeText.SEPARATOR);
    }

    /** The choice that the database takes for one of this name: "Café" and "cafe" are one to it. */
    public Optional<AttributeChoice> find(TenantId tenant, CustomerAttribute attribute, String name) {
        return jdbc.sql("SELECT choice, name, archived_at IS NOT NULL FROM customer_attribute_choice "
                        + "WHERE tenant_id = ? AND attribute_id = ? AND name = ?")
                .params(tenant.value(), attribute.id().value(), name)
                .query((rs, n) -> new AttributeChoice(rs.getInt(1), rs.getString(2), rs.getBoolean(3)))
                .optional();
    }

    /** Adds them behind the others, and tells the audit log. */
    public void add(TenantId tenant, CustomerAttribute attribute, Collection<AttributeChoice> choices) {
        int position = attribute.choices().size();
        for (AttributeChoice choice : choices) {
            jdbc.sql("INSERT INTO customer_attribute_choice (tenant_id, attribute_id, choice, name, position) "
                            + "VALUES (?, ?, ?, ?, ?)")
                    .params(tenant.value(), attribute.id().value(), choice.number(), choice.name(), position++)
                    .update();
        }
        List<String> names = choices.stream().map(AttributeChoice::name).toList();
        audit.recordInChunk(
                AttributeDeed.CHANGED,
                attribute.id(),
                attribute.name(),
                AuditChanges.none().and("attributes.new_choices", "", String.join(", ", names)));
    }
}
