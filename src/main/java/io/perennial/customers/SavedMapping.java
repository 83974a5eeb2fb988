package io.perennial.customers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the columns of an earlier file meant, by their names in its header.
 *
 * @param usedBy who imported by it last
 */
public record SavedMapping(long id, ImportKind kind, String name, Settings settings, Instant usedAt, String usedBy) {

    /** How many columns it reads. */
    public int columns() {
        return settings.headers().size() + settings.attributes().size();
    }

    /** Where its columns are in this header; those that are missing are left out. */
    public ImportMapping in(List<String> header) {
        List<String> names =
                new ArrayList<>(header.stream().map(SavedMapping::plain).toList());
        ImportMapping mapping = ImportMapping.none();
        for (Map.Entry<ImportField, Place> e : settings.headers().entrySet()) {
            int column = column(e.getValue(), names);
            if (column >= 0) {
                mapping = mapping.with(e.getKey(), column);
            }
        }
        for (Map.Entry<String, Place> e : settings.attributes().entrySet()) {
            int column = column(e.getValue(), names);
            if (column >= 0) {
                mapping = mapping.with(e.getKey(), column);
            }
        }
        return mapping;
    }

    private static int column(Place place, List<String> names) {
        String wanted = plain(place.name());
        boolean there =
                place.column() < names.size() && names.get(place.column()).equals(wanted);
        return there ? place.column() : names.indexOf(wanted);
    }

    /** A header's name without case; in any alphabet. */
    static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether all its columns are in this header. */
    public boolean fits(List<String> header) {
        ImportMapping mapping = in(header);
        return mapping.columns().size() + mapping.attributes().size() == columns();
    }

    /** A column by its name, and where it was: two columns may have the same name. */
    public record Place(String name, int column) {}

    /**
     * What is kept of a mapping.
     *
     * @param attributes by their keys; earlier versions kept none
     */
    public record Settings(
            Map<ImportField, Place> headers,
            Map<String, Place> attributes,
            ImportPolicy policy,
            boolean createMissingCustomers) {

        public Settings {
            headers = Map.copyOf(headers);
            attributes = Map.copyOf(Objects.requireNonNullElse(attributes, Map.of()));
        }
    }
}
