package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import io.perennial.customers.attributes.AttributeType;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;

/** Tells by the cells of a column what type an attribute has that it could be. */
public final class CellKinds {

    private CellKinds() {}

    /** Yes and no, dates or numbers where all cells are; else text. */
    public static AttributeType of(List<String> cells, CsvFormat format) {
        Dates dates = new Dates(ZoneOffset.UTC, format.dayFirst());
        if (all(cells, cell -> !isDigit(cell) && Cells.yesOrNo(cell) != null)) {
            return AttributeType.YES_NO;
        }
        if (all(cells, cell -> isDate(dates, cell))) {
            return AttributeType.DATE;
        }
        return all(cells, cell -> isNumber(cell, format)) ? AttributeType.NUMBER : AttributeType.TEXT;
    }

    private static boolean all(List<String> cells, Predicate<String> fits) {
        return !cells.isEmpty() && cells.stream().allMatch(fits);
    }

    private static boolean isDigit(String cell) {
        return cell.length() == 1 && Character.isDigit(cell.charAt(0));
    }

    private static boolean isDate(Dates dates, String cell) {
        try {
            dates.day(null, cell);
            return cell.chars().anyMatch(c -> c == '-' || c == '.' || c == '/');
        } catch (CellProblem e) {
            return false;
        }
    }

    /** Codes with zeros in front and numbers with letters are words. */
    private static boolean isNumber(String cell, CsvFormat format) {
        return cell.chars().noneMatch(Character::isLetter)
                && !(cell.length() > 1 && cell.charAt(0) == '0' && Character.isDigit(cell.charAt(1)))
                && Numbers.parse(cell, format.decimal().sign()) != null;
    }
}
