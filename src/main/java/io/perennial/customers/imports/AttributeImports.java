package io.perennial.customers.imports;

import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.attributes.AttributeCatalogue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.NewChoices;
import io.perennial.uikit.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What imports do with the attributes of the current business. */
@Component
class AttributeImports {

    private final AttributeCatalogue catalogue;
    private final AttributeValues values;
    private final NewChoices choices;

    AttributeImports(AttributeCatalogue catalogue, AttributeValues values, NewChoices choices) {
        this.catalogue = catalogue;
        this.values = values;
        this.choices = choices;
    }

    /**
     * The columns that are read.
     *
     * @throws ImportRefused if one of the attributes is gone or archived
     */
    AttributeColumns columns(ImportMapping mapping) {
        if (mapping.attributes().isEmpty()) {
            return AttributeColumns.NONE;
        }
        Map<String, CustomerAttribute> byKey =
                catalogue.all().stream().collect(Collectors.toMap(CustomerAttribute::key, Function.identity()));
        List<AttributeColumns.Column> columns = new ArrayList<>();
        mapping.attributes()
                .forEach((key, place) -> columns.add(new AttributeColumns.Column(
                        Optional.ofNullable(byKey.get(key))
                                .filter(attribute -> !attribute.archived())
                                .orElseThrow(() -> new ImportRefused(Texts.t("customers.refused.attribute_gone", key))),
                        place)));
        columns.sort(Comparator.comparingInt(AttributeColumns.Column::place));
        return new AttributeColumns(columns);
    }

    /** The work on one chunk, in the transaction around. */
    AttributePlan plan(ImportRun run, AttributeColumns columns, Imagined imagined) {
        return new AttributePlan(
                run, columns, columns.isEmpty() ? List.of() : catalogue.all(), imagined, values, choices);
    }

    /** In a dry run: choices that the chunks before would have added. */
    static final class Imagined {
        private final Map<Long, Set<String>> names = new HashMap<>();

        Set<String> of(CustomerAttribute attribute) {
            return names.getOrDefault(attribute.id().value(), Set.of());
        }

        void add(CustomerAttribute attribute, Set<String> more) {
            names.computeIfAbsent(attribute.id().value(), id -> new HashSet<>()).addAll(more);
        }
    }
}
