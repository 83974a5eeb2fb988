package io.perennial.api.web;

import io.perennial.customers.CsvInspection;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.attributes.CustomerAttributes;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the columns of a file mean that a program sends. */
@Component
class ImportColumns {

    private final CustomerAttributes attributes;

    ImportColumns(CustomerAttributes attributes) {
        this.attributes = attributes;
    }

    /**
     * By the names of the columns, and by what whoever sent the file says they are.
     *
     * @param map FIELD=name of the column
     * @throws Refused if a column it names is not there, or one that is needed is known to be none
     */
    ImportMapping mapping(ImportKind kind, CsvInspection seen, @Nullable List<String> map) {
        ImportMapping mapping = seen.guess(kind);
        if (kind == ImportKind.CUSTOMERS) {
            mapping = mapping.guessing(attributes.list(), seen.names());
        }
        for (String entry : map == null ? List.<String>of() : map) {
            mapping = with(mapping, entry, seen.header());
        }
        requireUsable(kind, mapping, seen.header());
        return mapping;
    }

    private static ImportMapping with(ImportMapping mapping, String entry, List<String> header) {
        int equals = entry.indexOf('=');
        String field = equals < 0 ? entry : entry.substring(0, equals).strip();
        String column = equals < 0 ? "" : entry.substring(equals + 1).strip();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).strip().equalsIgnoreCase(column)) {
                for (ImportField known : ImportField.values()) {
                    if (known.name().equalsIgnoreCase(field)) {
                        return mapping.with(known, i);
                    }
                }
                return mapping.with(field, i);
            }
        }
        throw new Refused(ApiProblem.of(
                ApiProblem.Kind.BAD_PARAMETER,
                "A parameter cannot be as it is.",
                List.of(new ApiProblem.Fault("map", "The file has no column “" + column + "”."))));
    }

    /** Whoever sent the file says what its columns are by the parameter {@code map}, so that is where the fault is. */
    private static void requireUsable(ImportKind kind, ImportMapping mapping, List<String> header) {
        try {
            mapping.requireUsableFor(kind);
        } catch (ImportRefused e) {
            String fields = e.missing().stream().map(Enum::name).collect(Collectors.joining(" or "));
            throw new Refused(ApiProblem.of(
                    ApiProblem.Kind.INVALID,
                    "The file was not taken: " + e.getMessage(),
                    List.of(new ApiProblem.Fault(
                            "map",
                            "No column is known to be " + fields + ". Name one, for example map="
                                    + e.missing().getFirst() + "=" + header.getFirst() + ". The file has: "
                                    + shortened(String.join(", ", header)) + "."))));
        }
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
