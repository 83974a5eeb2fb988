package io.perennial.customers.imports;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as shops write them: 1234.5, 1,234.50, 1 234,50 Kč, €12.50, 1'234.50, (12.00). */
final class Numbers {

    private Numbers() {}

    /**
     * The number in a text, or nothing where it is none.
     *
     * @param decimal the sign that stands before the decimals where both readings are possible (1,234)
     */
    static @Nullable BigDecimal parse(String text, char decimal) {
        return isPlain(text) ? new BigDecimal(text) : parseAny(text, decimal);
    }

    /** Whether a text is 12 or 12.5, which nobody reads in another way. */
    private static boolean isPlain(String text) {
        int point = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0 && i > 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        int decimals = text.length() - 1 - point;
        return !text.isEmpty() && text.length() <= 20 && (point < 0 || decimals == 1 || decimals == 2);
    }

    private static @Nullable BigDecimal parseAny(String text, char decimal) {
        StringBuilder digits = new StringBuilder(text.length());
        boolean negative = false;
        int points = 0;
        int commas = 0;
        int lastMark = -1;
        char last = 0;
        boolean any = false;
        boolean letterAfter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (letterAfter) {
                    return null; // 1e9, 0x10, 2x5
                }
                digits.append(c);
                any = true;
            } else if (c == '.' || c == ',') {
                if (c == '.') {
                    points++;
                } else {
                    commas++;
                }
                lastMark = digits.length();
                digits.append(c);
                last = c;
            } else if (c == '-' || c == '\u2212' || c == '(') {
                if (any) {
                    // "12,-" is how Czech prices say "and nothing behind"
                    if (i < text.length() - 1 && text.substring(i + 1).chars().anyMatch(Character::isDigit)) {
                        return null;
                    }
                } else {
                    negative = true;
                }
            } else if (!isPassedOver(c)) {
                return null;
            } else if (any && Character.isLetter(c)) {
                letterAfter = true;
            }
        }
        if (!any || text.chars().filter(Character::isLetter).count() > 4) {
            return null;
        }
        String plain = digits.toString();
        int decimals = decimalMark(plain, points, commas, last, lastMark, decimal);
        StringBuilder number = new StringBuilder(plain.length() + 1);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c != '.' && c != ',') {
                number.append(c);
            } else if (i == decimals) {
                number.append('.');
            }
        }
        if (number.charAt(number.length() - 1) == '.') {
            number.append('0');
        }
        if (number.length() > 30) {
            return null;
        }
        BigDecimal value = new BigDecimal(number.charAt(0) == '.' ? "0" + number : number.toString());
        return negative ? value.negate() : value;
    }

    /** Where the decimals begin, or -1 where every mark only groups thousands. */
    private static int decimalMark(String plain, int points, int commas, char last, int lastMark, char decimal) {
        if (lastMark < 0) {
            return -1;
        }
        if (points > 0 && commas > 0) {
            return (last == '.' ? points : commas) == 1 ? lastMark : -1;
        }
        if (points + commas > 1) {
            return -1;
        }
        boolean couldGroup = plain.length() - lastMark - 1 == 3 && lastMark >= 1 && lastMark <= 3;
        return couldGroup && last != decimal ? -1 : lastMark;
    }

    private static boolean isPassedOver(char c) {
        return Character.isWhitespace(c)
                || c == '\u00a0'
                || c == '\u202f'
                || c == '\''
                || c == '\u2019'
                || c == '+'
                || c == ')'
                || Character.getType(c) == Character.CURRENCY_SYMBOL
                || Character.isLetter(c);
    }
}
