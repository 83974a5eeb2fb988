package io.perennial.promotions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoucherCodeTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Test
    void isWrittenInGroupsAndReadHoweverItIsTyped() {
        VoucherCode code = VoucherCode.random();
        assertThat(code.toString()).matches("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]");
        assertThat(VoucherCode.parse(code.toString())).contains(code);
        assertThat(VoucherCode.parse(" " + code.value().toLowerCase(Locale.ROOT) + " "))
                .contains(code);
        assertThat(VoucherCode.parse(code.toString().replace('-', ' '))).contains(code);
        assertThat(VoucherCode.parse(code.value().replace('0', 'o').replace('1', 'l')))
                .contains(code);
        assertThat(VoucherCode.parse(code.value().replace('0', 'O').replace('1', 'I')))
                .contains(code);
    }

    @RepeatedTest(20)
    void everySingleWrongCharacterIsFound() {
        String code = VoucherCode.random().value();
        for (int i = 0; i < code.length(); i++) {
            for (int a = 0; a < ALPHABET.length(); a++) {
                char other = ALPHABET.charAt(a);
                if (other != code.charAt(i)) {
                    assertThat(VoucherCode.parse(code.substring(0, i) + other + code.substring(i + 1)))
                            .isEmpty();
                }
            }
        }
    }

    @RepeatedTest(20)
    void swappedNeighboursAreFound() {
        String code = VoucherCode.random().value();
        for (int i = 0; i + 1 < code.length(); i++) {
            if (code.charAt(i) != code.charAt(i + 1)) {
                String swapped = code.substring(0, i) + code.charAt(i + 1) + code.charAt(i) + code.substring(i + 2);
                assertThat(VoucherCode.parse(swapped))
                        .as("%s for %s", swapped, code)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "AB12", "AB12-CD34-XX", "UUUU-UUUU-U", "💶💶💶💶💶💶💶💶💶", "' OR 1=1", "*********"})
    void whatCannotBeACodeIsNone(String typed) {
        assertThat(VoucherCode.parse(typed)).isEmpty();
    }

    @Test
    void codesDoNotRepeat() {
        Set<VoucherCode> codes = new HashSet<>();
        IntStream.range(0, 20_000).forEach(i -> codes.add(VoucherCode.random()));
        assertThat(codes).hasSizeGreaterThan(19_990);
    }
}
