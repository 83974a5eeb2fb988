package io.perennial.delivery;

import io.perennial.kernel.PiecedText;
import java.util.List;

/** Makes the messages of runs of one kind. Implemented by who orders the sending; called in the tenant's scope. */
public interface MessageComposer {

    /** The name that {@link RunSpec#composer()} gives. */
    String kind();

    /**
     * Opens a run once per worker, compiling what its messages share.
     *
     * @param reference of the {@link RunSpec}
     */
    Composition open(long reference);

    /** A run made ready. Called from one worker at a time. */
    interface Composition {

        /**
         * Composes a chunk. The result has one entry for each recipient, in their order.
         */
        List<Composed> compose(List<Recipient> recipients);
    }

    /** What came of one recipient. */
    sealed interface Composed {

        /** Ready to send; links are made trackable by delivery. */
        record Message(String subject, PiecedText html, PiecedText text) implements Composed {

            public Message(String subject, String html, String text) {
                this(subject, PiecedText.of(html), PiecedText.of(text));
            }
        }

        /** Could not be made for this person; that one fails visibly, the run goes on. */
        record Failed(String reason) implements Composed {}

        /** Not to be sent to this person after all. */
        record Skipped(String reason) implements Composed {}
    }
}
