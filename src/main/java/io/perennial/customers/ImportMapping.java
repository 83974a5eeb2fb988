package io.perennial.customers;

import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.imports.ImportWords;
import io.perennial.uikit.Texts;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which column of a file means what.
 *
 * @param columns the position of each field's column, from 0; fields without a column are left out
 * @param attributes the same for the business's own attributes, by their keys; only customers have them
 */
public record ImportMapping(Map<ImportField, Integer> columns, Map<String, Integer> attributes) {

    public ImportMapping {
        columns = columns.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(columns));
        attributes = Map.copyOf(Objects.requireNonNullElse(attributes, Map.of())); // jobs of earlier versions have none
    }

    /** Starts from nothing: {@code ImportMapping.none().with(EMAIL, 2)}. */
    public static ImportMapping none() {
        return new ImportMapping(Map.of(), Map.of());
    }

    /** This mapping, with a field read from a column. */
    public ImportMapping with(ImportField field, int column) {
        EnumMap<ImportField, Integer> more = new EnumMap<>(ImportField.class);
        more.putAll(columns);
        more.put(field, column);
        return new ImportMapping(more, attributes);
    }

    /** This mapping, with an attribute of the business read from a column. */
    public ImportMapping with(String attribute, int column) {
        Map<String, Integer> more = new LinkedHashMap<>(attributes);
        more.put(attribute, column);
        return new ImportMapping(columns, more);
    }

    /** What the header's words (English, Czech, Polish, Croatian, Vietnamese, German) say; a column nobody knows is left out. */
    public static ImportMapping guess(ImportKind kind, List<String> header) {
        ImportMapping mapping = none();
        Set<Integer> taken = new HashSet<>();
        for (ImportField field : ImportField.of(kind)) {
            for (int i = 0; i < header.size(); i++) {
                if (!taken.contains(i) && field.isCalled(ImportWords.plain(header.get(i)))) {
                    mapping = mapping.with(field, i);
                    taken.add(i);
                    break;
                }
            }
        }
        return mapping;
    }

    /** This mapping, with attributes read from columns that have no meaning yet and are called as their names or keys. */
    public ImportMapping guessing(List<CustomerAttribute> known, List<String> header) {
        ImportMapping mapping = this;
        Set<Integer> taken = new HashSet<>(columns.values());
        taken.addAll(attributes.values());
        for (CustomerAttribute attribute : known) {
            OptionalInt column = IntStream.range(0, header.size())
                    .filter(i -> !taken.contains(i) && isCalled(attribute, header.get(i)))
                    .findFirst();
            if (column.isPresent() && !attributes.containsKey(attribute.key())) {
                mapping = mapping.with(attribute.key(), column.getAsInt());
                taken.add(column.getAsInt());
            }
        }
        return mapping;
    }

    /** As its name or its key, in any case; without accents and signs where that leaves something. */
    private static boolean isCalled(CustomerAttribute attribute, String header) {
        String plain = ImportWords.plain(header);
        return header.strip().equalsIgnoreCase(attribute.name())
                || (!plain.isEmpty()
                        && (plain.equals(ImportWords.plain(attribute.key()))
                                || plain.equals(ImportWords.plain(attribute.name()))));
    }

    /**
     * Refuses a mapping that lacks a column without which no row could be used.
     *
     * @throws ImportRefused saying which
     */
    public void requireUsableFor(ImportKind kind) {
        if (kind == ImportKind.SUPPRESSIONS) {
            require("no_email_column", ImportField.EMAIL);
        }
        require("no_key_column", ImportField.EXTERNAL_ID, ImportField.EMAIL);
        if (kind == ImportKind.CONSENTS) {
            require("no_decision_column", ImportField.DECISION);
        }
        if (kind == ImportKind.ORDERS) {
            require("no_date_column", ImportField.ORDERED_AT);
            require("no_amount_column", ImportField.AMOUNT, ImportField.UNIT_PRICE, ImportField.ORDER_TOTAL);
        }
    }

    private void require(String otherwise, ImportField... oneOf) {
        if (Stream.of(oneOf).noneMatch(this::has)) {
            throw new ImportRefused(Texts.t("customers.refused." + otherwise), List.of(oneOf));
        }
    }

    public boolean has(ImportField field) {
        return columns.containsKey(field);
    }

    public OptionalInt column(ImportField field) {
        Integer column = columns.get(field);
        return column == null ? OptionalInt.empty() : OptionalInt.of(column);
    }

    /** How many columns a row needs at least. */
    public int width() {
        return IntStream.concat(
                        columns.values().stream().mapToInt(c -> c + 1),
                        attributes.values().stream().mapToInt(c -> c + 1))
                .max()
                .orElse(0);
    }
}
