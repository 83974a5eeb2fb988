package io.perennial.customers;

import io.perennial.customers.imports.ImportWords;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which column of a file means what.
 *
 * @param columns the position of each field's column, from 0; fields without a column are left out
 */
public record ImportMapping(Map<ImportField, Integer> columns) {

    public ImportMapping {
        columns = columns.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(columns));
    }

    /** Starts from nothing: {@code ImportMapping.none().with(EMAIL, 2)}. */
    public static ImportMapping none() {
        return new ImportMapping(Map.of());
    }

    /** This mapping, with a field read from a column. */
    public ImportMapping with(ImportField field, int column) {
        EnumMap<ImportField, Integer> more = new EnumMap<>(ImportField.class);
        more.putAll(columns);
        more.put(field, column);
        return new ImportMapping(more);
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

    public boolean has(ImportField field) {
        return columns.containsKey(field);
    }

    public OptionalInt column(ImportField field) {
        Integer column = columns.get(field);
        return column == null ? OptionalInt.empty() : OptionalInt.of(column);
    }

    /** How many columns a row needs at least. */
    public int width() {
        return columns.values().stream().mapToInt(c -> c + 1).max().orElse(0);
    }
}
