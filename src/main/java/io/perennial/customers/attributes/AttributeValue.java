package io.perennial.customers.attributes;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;

/** The value one customer has. */
public sealed interface AttributeValue {

    /** Of a TEXT attribute. */
    record Text(String text) implements AttributeValue {}

    /** Of a NUMBER attribute; equal when numerically equal. */
    record Number(BigDecimal number) implements AttributeValue {

        public Number {
            number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
    }

    /** Of a DATE attribute. */
    record Day(LocalDate day) implements AttributeValue {}

    /** Of a YES_NO attribute. */
    record YesNo(boolean yes) implements AttributeValue {}

    /** Of a CHOICE (exactly one number) or LIST attribute (one or more). */
    record Choices(Set<Integer> numbers) implements AttributeValue {

        public Choices {
            numbers = Set.copyOf(numbers);
            if (numbers.isEmpty()) {
                throw new IllegalArgumentException("Nothing chosen is no value");
            }
        }

        public static Choices of(Integer... numbers) {
            return new Choices(Set.of(numbers));
        }
    }
}
