package io.perennial.customers.imports;

import io.perennial.customers.attributes.AttributeCatalogue;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.imports.UndoPlan.Kind;
import io.perennial.customers.imports.UndoPlan.Reason;
import io.perennial.kernel.TenantId;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Gives values of attributes back, those that still are as the import left them. */
@Component
class AttributeUndo {

    private static final Set<String> TABLES =
            Arrays.stream(AttributeType.values()).map(AttributeType::table).collect(Collectors.toUnmodifiableSet());

    private final AttributeCatalogue catalogue;
    private final AttributeValues values;
    private final CustomerStore customers;

    AttributeUndo(AttributeCatalogue catalogue, AttributeValues values, CustomerStore customers) {
        this.catalogue = catalogue;
        this.values = values;
        this.customers = customers;
    }

    /** Values that the import itself gave to customers it made do not make them stay; those of other attributes do. */
    String others(UndoScope scope, String table) {
        return TABLES.contains(table) && !scope.attributes().isEmpty()
                ? " AND attribute_id NOT IN " + Sql.list(scope.attributes())
                : "";
    }

    void plan(TenantId tenant, List<Journal.ChangedAttribute> changed, UndoPlan plan) {
        if (changed.isEmpty()) {
            return;
        }
        Map<Long, CustomerAttribute> attributes = catalogue.all().stream()
                .collect(Collectors.toMap(attribute -> attribute.id().value(), attribute -> attribute));
        Set<Long> ids = changed.stream().map(Journal.ChangedAttribute::customer).collect(Collectors.toSet());
        Set<Long> here = customers.byIds(tenant, ids).keySet();
        Map<Long, Map<Long, AttributeValue>> now = values.read(
                tenant,
                changed.stream()
                        .map(Journal.ChangedAttribute::attribute)
                        .distinct()
                        .filter(attributes::containsKey)
                        .map(attributes::get)
                        .toList(),
                here);
        for (Journal.ChangedAttribute change : changed) {
            CustomerAttribute attribute = attributes.get(change.attribute());
            AttributeValue current =
                    now.getOrDefault(change.customer(), Map.of()).get(change.attribute());
            if (!here.contains(change.customer()) || attribute == null) {
                plan.keep(Kind.CUSTOMER, change.customer(), Reason.GONE);
            } else if (Objects.equals(AttributeValues.text(current), change.after())) {
                plan.attributesToRestore.add(new AttributeValues.Change(
                        change.customer(),
                        attribute,
                        current,
                        AttributeValues.value(attribute.type(), change.before())));
            } else {
                plan.keep(Kind.CUSTOMER, change.customer(), Reason.CHANGED_SINCE);
            }
        }
    }

    /** In the transaction around; whoever was erased since the plan was made is left out. */
    void apply(TenantId tenant, UndoPlan plan) {
        Set<Long> ids = plan.attributesToRestore.stream()
                .map(AttributeValues.Change::customer)
                .collect(Collectors.toSet());
        Set<Long> here = values.touch(tenant, ids, LocalDateTime.now(Clock.systemUTC()));
        values.write(
                tenant,
                plan.attributesToRestore.stream()
                        .filter(change -> here.contains(change.customer()))
                        .toList());
    }
}
