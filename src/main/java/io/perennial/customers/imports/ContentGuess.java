package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Guesses what columns mean from their cells, for files whose header says nothing. */
public final class ContentGuess {

    private static final Predicate<String> DATE = Pattern.compile(
                    "(19|20)\\d{2}[-/.]?\\d{2}[-/.]?\\d{2}.*|\\d{1,2}[./-]\\s?\\d{1,2}[./-]\\s?(19|20)\\d{2}.*")
            .asMatchPredicate();
    private static final Predicate<String> DECIMAL =
            Pattern.compile("[^a-zA-Z]*\\d[.,]\\d{1,4}\\D*").asMatchPredicate();
    private static final Predicate<String> SMALL = Pattern.compile("\\d{1,3}").asMatchPredicate();

    private ContentGuess() {}

    /** A first column is taken for the customer's id where no address stands for them. */
    public static ImportMapping guess(ImportKind kind, List<List<String>> rows) {
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        ImportMapping mapping = ImportMapping.none();
        int email = first(rows, 0, width, c -> c.indexOf('@') > 0);
        if (email >= 0) {
            mapping = mapping.with(ImportField.EMAIL, email);
        }
        int date = first(rows, 0, width, DATE);
        if (date != 0 && email != 0 && width > 0 && kind != ImportKind.SUPPRESSIONS) {
            mapping = mapping.with(ImportField.EXTERNAL_ID, 0);
        }
        if (kind != ImportKind.ORDERS || date < 0) {
            return mapping;
        }
        mapping = mapping.with(ImportField.ORDERED_AT, date);
        int amount = first(rows, date + 1, width, DECIMAL);
        if (amount >= 0) {
            mapping = mapping.with(ImportField.AMOUNT, amount);
            int quantity = first(rows, date + 1, amount, SMALL);
            if (quantity >= 0) {
                mapping = mapping.with(ImportField.QUANTITY, quantity);
            }
        }
        return mapping;
    }

    private static int first(List<List<String>> rows, int from, int to, Predicate<String> fits) {
        for (int column = from; column < to; column++) {
            int at = column;
            if (!rows.isEmpty()
                    && rows.stream()
                            .allMatch(r -> at < r.size() && fits.test(r.get(at).strip()))) {
                return column;
            }
        }
        return -1;
    }
}
