package io.perennial.customers.imports;

import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.CustomerAttribute;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a file that are attributes of the business, and how their cells are read. */
record AttributeColumns(List<Column> columns) {

    static final AttributeColumns NONE = new AttributeColumns(List.of());

    private static final BigDecimal LARGEST = new BigDecimal("9999999999999");
    private static final int DECIMALS = 6;
    /** Names of as many choices as there may be. */
    private static final int LONGEST_LIST = 20_000;

    /** A column, from 0. */
    record Column(CustomerAttribute attribute, int place) {}

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /**
     * What a row says, in the order of the columns: a text, a number, a day, a yes or no; of choices their words, which
     * the chunk looks up, since there may be more of them by then.
     */
    @Nullable
    Object[] read(RawRow row, Cells cells) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(row, cells, columns.get(i));
        }
        return values;
    }

    private static @Nullable Object read(RawRow row, Cells cells, Column column) {
        CustomerAttribute attribute = column.attribute();
        try {
            boolean several = attribute.type() == AttributeType.LIST;
            String text =
                    cells.text(row, column.place(), null, several ? LONGEST_LIST : 2 * CustomerAttribute.LONGEST_TEXT);
            return text == null ? null : value(attribute, text, cells);
        } catch (CellProblem e) {
            throw new CellProblem(Problem.ofAttribute(
                    attribute, e.problem().key(), e.problem().args()));
        }
    }

    private static Object value(CustomerAttribute attribute, String text, Cells cells) {
        return switch (attribute.type()) {
            case TEXT -> {
                if (text.codePointCount(0, text.length()) > CustomerAttribute.LONGEST_TEXT) {
                    throw cells.problem(null, "too_long", CustomerAttribute.LONGEST_TEXT);
                }
                yield text;
            }
            case NUMBER -> number(text, cells);
            case DATE -> day(text, cells);
            case YES_NO -> {
                Boolean answer = Cells.yesOrNo(text);
                if (answer == null) {
                    throw cells.problem(null, "no_yes_or_no");
                }
                yield answer;
            }
            case CHOICE, LIST -> text;
        };
    }

    /** Rounded to the decimals that are kept: spreadsheets compute with fifteen digits. */
    private static BigDecimal number(String text, Cells cells) {
        BigDecimal number = cells.number(text);
        if (number == null || number.abs().compareTo(LARGEST) > 0) {
            throw cells.problem(null, "no_number");
        }
        return number.scale() > DECIMALS ? number.setScale(DECIMALS, RoundingMode.HALF_UP) : number;
    }

    private static LocalDate day(String text, Cells cells) {
        LocalDate day = cells.dates.day(null, text);
        if (day.getYear() < 1000) {
            throw cells.problem(null, "impossible_date");
        }
        return day;
    }
}
