package io.perennial.customers;

import io.perennial.customers.attributes.AttributeCatalogue;
import io.perennial.customers.attributes.AttributeId;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Attributes of the business's own whose value is taken from the merged one: both change places, so that nothing is lost
 * until it is too late to take the merge back. What only one of them has moves as any other row does.
 */
@Component
@TenantSql("Lets values of two customers change places; every statement names the current tenant.")
class MergedAttributes {

    private final JdbcClient jdbc;
    private final AttributeCatalogue catalogue;

    MergedAttributes(JdbcClient jdbc, AttributeCatalogue catalogue) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
    }

    /**
     * Gives the survivor the merged one's values of these attributes, where both have one.
     *
     * @return what they were and became, for the way back
     */
    List<MergeUndo.Taken> take(CustomerId survivor, CustomerId merged, Set<AttributeId> attributes) {
        List<MergeUndo.Taken> taken = new ArrayList<>();
        for (CustomerAttribute attribute : catalogue.all()) {
            if (!attributes.contains(attribute.id())) {
                continue;
            }
            List<String> before = values(attribute, survivor);
            List<String> after = values(attribute, merged);
            if (!before.isEmpty() && !after.isEmpty() && !before.equals(after)) {
                set(attribute, survivor, after);
                set(attribute, merged, before);
                taken.add(new MergeUndo.Taken(attribute.id().value(), before, after));
            }
        }
        return taken;
    }

    /**
     * Gives both their values back.
     *
     * @return the name of the attribute whose value was changed since and stays, or nothing
     */
    @Nullable
    String giveBack(CustomerId survivor, CustomerId merged, MergeUndo.Taken taken) {
        Optional<CustomerAttribute> found = catalogue.all().stream()
                .filter(one -> one.id().value() == taken.attribute())
                .findFirst();
        if (found.isEmpty()) {
            return null; // the attribute is gone, and its values with it
        }
        CustomerAttribute attribute = found.get();
        boolean unchanged = values(attribute, survivor).equals(taken.after());
        if (unchanged) {
            set(attribute, survivor, taken.before());
        }
        set(attribute, merged, taken.after());
        return unchanged ? null : attribute.name();
    }

    private List<String> values(CustomerAttribute attribute, CustomerId customer) {
        String column = attribute.type().column();
        return jdbc.sql("SELECT " + column + " FROM " + attribute.type().table()
                        + " WHERE tenant_id = ? AND customer_id = ? AND attribute_id = ? ORDER BY " + column
                        + " FOR UPDATE")
                .params(tenant(), customer.value(), attribute.id().value())
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    private void set(CustomerAttribute attribute, CustomerId customer, List<String> values) {
        String table = attribute.type().table();
        jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ? AND customer_id = ? AND attribute_id = ?")
                .params(tenant(), customer.value(), attribute.id().value())
                .update();
        for (String value : values) {
            jdbc.sql("INSERT INTO " + table + " (tenant_id, customer_id, attribute_id, "
                            + attribute.type().column() + ") VALUES (?, ?, ?, ?)")
                    .params(tenant(), customer.value(), attribute.id().value(), value)
                    .update();
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
