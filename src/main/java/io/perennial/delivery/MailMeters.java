package io.perennial.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Counts what became of mails on this node. All businesses together: there may be many thousands. Each outcome is there from
 * the start, at nothing: of a series that begins with its first event, nobody is told that event.
 */
@Component
final class MailMeters implements MeterBinder {

    private static final String NAME = "perennial.mails";

    private static final Set<MessageState> OUTCOMES = Set.of(
            MessageState.SENT, MessageState.FAILED, MessageState.SKIPPED, MessageState.RETRY_AT, MessageState.IN_DOUBT);

    @Override
    public void bindTo(MeterRegistry registry) {
        OUTCOMES.forEach(state -> counter(registry, state));
    }

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
        counter(Metrics.globalRegistry, state).increment(messages);
    }

    private static Counter counter(MeterRegistry registry, MessageState state) {
        return Counter.builder(NAME)
                .description("Mails by what became of them on this node; \"later\" is tried again")
                .tag(
                        "outcome",
                        state == MessageState.RETRY_AT ? "later" : state.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
