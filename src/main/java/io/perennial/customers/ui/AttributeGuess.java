package io.perennial.customers.ui;

import io.perennial.customers.CsvInspection;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.imports.CellKinds;
import java.util.List;

/**
 * What an attribute would be that a column of a file is about.
 *
 * @param choices seen in the first rows, where it is one of a few
 */
record AttributeGuess(String name, AttributeType type, List<String> choices) {

    /** So few different words in the first rows are taken for choices. */
    private static final int FEW = 6;

    AttributeGuess {
        choices = List.copyOf(choices);
    }

    static AttributeGuess of(CsvInspection file, int column) {
        String name = file.format().header() ? file.header().get(column).strip() : "";
        List<String> cells = file.rows().stream()
                .filter(row -> column < row.size())
                .map(row -> row.get(column).strip())
                .filter(cell -> !cell.isEmpty())
                .toList();
        AttributeType type = CellKinds.of(cells, file.format());
        List<String> distinct = cells.stream().distinct().toList();
        if (type == AttributeType.TEXT
                && distinct.size() * 2 <= cells.size()
                && distinct.size() <= FEW
                && distinct.stream().noneMatch(cell -> cell.contains(";") || cell.length() > 100)) {
            return new AttributeGuess(name, AttributeType.CHOICE, distinct);
        }
        return new AttributeGuess(name, type, List.of());
    }
}
