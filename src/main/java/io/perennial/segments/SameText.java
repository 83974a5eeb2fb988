package io.perennial.segments;

import com.ibm.icu.text.CollationElementIterator;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Compares texts as the database's collation does: without regard to case and accents. */
final class SameText {

    private static final RuleBasedCollator COLLATOR = (RuleBasedCollator) Collator.getInstance(Locale.ROOT);

    private SameText() {}

    static boolean same(String a, String b) {
        return key(a).equals(key(b));
    }

    /** Equal for texts that are the same. */
    static Object key(String text) {
        return letters(text.stripTrailing());
    }

    static boolean holds(Operator operator, List<String> wanted, @Nullable String value) {
        return holds(
                operator,
                wanted,
                value,
                SameText::same,
                (whole, part) -> place(whole, part, operator == Operator.ENDS_WITH));
    }

    /** As {@link #holds}, letter by letter. */
    static boolean holdsExactly(Operator operator, List<String> wanted, @Nullable String value) {
        return holds(
                operator,
                wanted,
                value,
                (a, b) -> a.stripTrailing().equals(b.stripTrailing()),
                (whole, part) -> operator == Operator.ENDS_WITH ? whole.endsWith(part) ? 0 : -1 : whole.indexOf(part));
    }

    private interface Place {
        int of(String whole, String part);
    }

    private static boolean holds(
            Operator operator,
            List<String> wanted,
            @Nullable String value,
            BiPredicate<String, String> same,
            Place place) {
        if (operator == Operator.IS_KNOWN || operator == Operator.IS_UNKNOWN) {
            return (value != null && !value.isBlank()) == (operator == Operator.IS_KNOWN);
        }
        if (value == null) {
            return operator.holdsOfUnknown();
        }
        return switch (operator) {
            case IS, IS_ANY_OF -> wanted.stream().anyMatch(w -> same.test(value, w));
            case IS_NOT, IS_NONE_OF -> wanted.stream().noneMatch(w -> same.test(value, w));
            case STARTS_WITH -> place.of(value, wanted.getFirst()) == 0;
            case ENDS_WITH, CONTAINS -> place.of(value, wanted.getFirst()) >= 0;
            case CONTAINS_NOT -> place.of(value, wanted.getFirst()) < 0;
            default -> throw new IllegalStateException("Text knows no " + operator);
        };
    }

    /** LIKE goes character by character: there {@code ß} is one letter, where for equality it is two. */
    private static int place(String whole, String part, boolean atEnd) {
        List<List<Integer>> in = characters(whole);
        List<List<Integer>> wanted = characters(part);
        if (!atEnd) {
            return Collections.indexOfSubList(in, wanted);
        }
        int from = in.size() - wanted.size();
        return from >= 0 && in.subList(from, in.size()).equals(wanted) ? from : -1;
    }

    private static List<List<Integer>> characters(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(SameText::letters)
                .toList();
    }

    /** The letters that count: case and accents do not. */
    private static List<Integer> letters(String text) {
        List<Integer> letters = new ArrayList<>();
        CollationElementIterator elements = COLLATOR.getCollationElementIterator(text);
        for (int e = elements.next(); e != CollationElementIterator.NULLORDER; e = elements.next()) {
            int primary = CollationElementIterator.primaryOrder(e);
            if (primary != 0) {
                letters.add(primary);
            }
        }
        return letters;
    }
}
