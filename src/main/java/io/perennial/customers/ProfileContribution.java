package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.util.List;
import java.util.Optional;

/** What another feature shows on a customer's profile, as a card of its own. */
public interface ProfileContribution {

    /** The place among the others, ascending. */
    int order();

    /** The card of a customer of the current business, or nothing where there is nothing to say or to be seen. */
    Optional<Part> partOf(CustomerId customer);

    /**
     * A card.
     *
     * @param empty what is said where there are no lines
     */
    record Part(String title, List<Line> lines, String empty) {
        public Part {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line that leads somewhere.
     *
     * @param note below it, smaller
     * @param href route, without a leading slash
     */
    record Line(String text, String note, String href) {}
}
