package io.perennial.customers.bulk;

import io.perennial.customers.BulkTrace;
import io.perennial.customers.attributes.AttributeCatalogue;
import io.perennial.customers.attributes.AttributeStore;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sets an attribute for the customers of a piece, says what they had, and gives it back. */
@Component
@TenantSql("Marks the rows of a thousand as changed in one statement, which names the tenant.")
class BulkAttributes {

    private final JdbcClient jdbc;
    private final AttributeStore store;
    private final AttributeCatalogue catalogue;

    BulkAttributes(JdbcClient jdbc, AttributeStore store, AttributeCatalogue catalogue) {
        this.jdbc = jdbc;
        this.store = store;
        this.catalogue = catalogue;
    }

    BulkTrace set(TenantId tenant, CustomerAttribute attribute, @Nullable AttributeValue value, List<Long> ids) {
        Map<Long, AttributeValue> before = store.read(tenant, attribute, ids);
        List<Long> others = ids.stream()
                .filter(id -> !Objects.equals(value, before.get(id)))
                .toList();
        put(tenant, attribute, others, value);
        Map<Optional<String>, List<Long>> former = others.stream()
                .collect(Collectors.groupingBy(
                        id -> Optional.ofNullable(before.get(id)).map(BulkAttributes::written)));
        return new BulkTrace(
                BulkTrace.Kind.ATTRIBUTE,
                BulkTrace.attribute(attribute.id().value()),
                former.entrySet().stream()
                        .map(one -> new BulkTrace.Former(one.getKey().orElse(null), one.getValue()))
                        .toList(),
                value == null ? null : written(value));
    }

    /** Gives what they had to those who still have what the deed gave them; and says to whom. */
    List<Long> giveBack(TenantId tenant, BulkTrace trace) {
        CustomerAttribute attribute = catalogue.all().stream()
                .filter(one -> Long.toString(one.id().value()).equals(trace.name()))
                .findFirst()
                .orElse(null);
        if (attribute == null) {
            return List.of(); // it was deleted with all its values
        }
        AttributeValue after = trace.after() == null ? null : read(attribute.type(), trace.after());
        Map<Long, AttributeValue> now = store.read(tenant, attribute, trace.customers());
        List<Long> given = new ArrayList<>();
        for (BulkTrace.Former former : trace.former()) {
            AttributeValue value = former.value() == null ? null : read(attribute.type(), former.value());
            if (isPossible(attribute, value)) {
                List<Long> same = former.customers().stream()
                        .filter(id -> Objects.equals(after, now.get(id)))
                        .toList();
                put(tenant, attribute, same, value);
                given.addAll(same);
            }
        }
        return given;
    }

    private void put(
            TenantId tenant, CustomerAttribute attribute, Collection<Long> ids, @Nullable AttributeValue value) {
        if (ids.isEmpty()) {
            return;
        }
        // Their rows say that they were changed, as when one is changed by hand: undoing an import looks at it.
        jdbc.sql("UPDATE customer SET updated_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id IN ("
                        + String.join(",", Collections.nCopies(ids.size(), "?")) + ")")
                .param(tenant.value())
                .params(new ArrayList<Object>(ids))
                .update();
        if (value == null) {
            store.clear(tenant, attribute, ids);
        } else {
            Map<Long, AttributeValue> values = new HashMap<>();
            ids.forEach(id -> values.put(id, value));
            store.write(tenant, attribute, values);
        }
    }

    /** A choice may have been deleted since. */
    private static boolean isPossible(CustomerAttribute attribute, @Nullable AttributeValue value) {
        return !(value instanceof AttributeValue.Choices chosen)
                || chosen.numbers().stream()
                        .allMatch(number -> attribute.choice(number).isPresent());
    }

    private static String written(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> text.text();
            case AttributeValue.Number number -> number.number().toPlainString();
            case AttributeValue.Day day -> day.day().toString();
            case AttributeValue.YesNo answer -> Boolean.toString(answer.yes());
            case AttributeValue.Choices chosen ->
                chosen.numbers().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        };
    }

    private static AttributeValue read(AttributeType type, String written) {
        return switch (type) {
            case TEXT -> new AttributeValue.Text(written);
            case NUMBER -> new AttributeValue.Number(new BigDecimal(written));
            case DATE -> new AttributeValue.Day(LocalDate.parse(written));
            case YES_NO -> new AttributeValue.YesNo(Boolean.parseBoolean(written));
            case CHOICE, LIST ->
                new AttributeValue.Choices(
                        Stream.of(written.split(",")).map(Integer::valueOf).collect(Collectors.toSet()));
        };
    }
}
