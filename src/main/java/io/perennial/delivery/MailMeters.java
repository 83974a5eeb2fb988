package io.perennial.delivery;

import io.micrometer.core.instrument.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts what became of mails on this node. All businesses together: there may be many thousands. */
final class MailMeters {

    private static final String NAME = "perennial.mails";

    private MailMeters() {}

    static void count(List<Mark> marks) {
        Map<MessageState, Integer> byState = new EnumMap<>(MessageState.class);
        for (Mark mark : marks) {
            // What only went back to the queue came to nothing yet.
            if (mark.state() != MessageState.RETRY_AT || mark.counted()) {
                byState.merge(mark.state(), 1, Integer::sum);
            }
        }
        byState.forEach(MailMeters::count);
    }

    /** Messages that a worker left behind of which nobody knows whether they were sent. */
    static void leftInDoubt(int messages) {
        count(MessageState.IN_DOUBT, messages);
    }

    private static void count(MessageState state, int messages) {
        String outcome = state == MessageState.RETRY_AT ? "later" : state.name().toLowerCase(Locale.ROOT);
        Metrics.counter(NAME, "outcome", outcome).increment(messages);
    }
}
