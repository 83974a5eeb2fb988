package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * @param adding how a line can be added, or nothing
     */
    record Part(
            String title,
            List<Line> lines,
            String empty,
            @Nullable Adding adding) {
        public Part {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line that leads somewhere.
     *
     * @param note below it, smaller
     * @param href route, without a leading slash
     * @param removing how it can be taken away again, or nothing
     */
    record Line(
            String text, String note, String href, @Nullable Deed removing) {}

    /**
     * Something to do at a click; the profile is shown anew afterwards.
     *
     * @param words on the button
     * @param name for those who hear the page: the words with what they are about
     */
    record Deed(String words, String name, Runnable run) {}

    /**
     * Something to choose, which is done at once; the profile is shown anew afterwards.
     *
     * @param choices each named by what is to be chosen
     */
    record Adding(String label, List<Deed> choices) {
        public Adding {
            choices = List.copyOf(choices);
        }
    }
}
