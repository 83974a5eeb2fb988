package io.perennial.promotions;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * A voucher's code: eight random characters of Crockford's base32 (40 bits, no I, L, O, U) and a check character,
 * written {@code AB12-CD34-X}. Whoever types it may use small letters, spaces and dashes as they like, and O, I and L for
 * the digits they look like.
 *
 * <p>The check character is the sum of the characters in the field of 32 elements, the i-th multiplied by the i-th power
 * of the field's generator. It finds every single mistyped character and every two swapped neighbours, and stays within
 * the alphabet (Crockford's own, modulo 37, needs five more signs that tills cannot type).
 *
 * @param value the nine characters, without separators
 * @see <a href="https://www.crockford.com/base32.html">Crockford's base32</a>
 */
public record VoucherCode(String value) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int RANDOM_CHARACTERS = 8;

    /** x^5 + x^2 + 1, irreducible and primitive over GF(2). */
    private static final int POLYNOMIAL = 0b100101;

    private static final SecureRandom RANDOM = new SecureRandom();

    public VoucherCode {
        if (value.length() != RANDOM_CHARACTERS + 1
                || value.chars().anyMatch(c -> ALPHABET.indexOf(c) < 0)
                || check(value.substring(0, RANDOM_CHARACTERS)) != value.charAt(RANDOM_CHARACTERS)) {
            throw new IllegalArgumentException("Not a voucher code: " + value);
        }
    }

    /** A new one that nobody can guess. */
    public static VoucherCode random() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new VoucherCode(code.append(check(code)).toString());
    }

    /** The code somebody typed, or empty where it cannot be one: a character is missing, wrong or swapped. */
    public static Optional<VoucherCode> parse(String typed) {
        String code = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\-–—]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        try {
            return Optional.of(new VoucherCode(code));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static char check(CharSequence characters) {
        int sum = 0;
        for (int i = characters.length() - 1; i >= 0; i--) {
            sum = timesGenerator(sum ^ ALPHABET.indexOf(characters.charAt(i)));
        }
        return ALPHABET.charAt(sum);
    }

    private static int timesGenerator(int element) {
        int shifted = element << 1;
        return shifted >= 32 ? shifted ^ POLYNOMIAL : shifted;
    }

    /** As people read it: {@code AB12-CD34-X}. */
    @Override
    public String toString() {
        return value.substring(0, 4) + "-" + value.substring(4, 8) + "-" + value.charAt(8);
    }
}
