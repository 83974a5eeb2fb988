package io.perennial.segments;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.stereotype.Component;

/** How many rules this node counts, and for how long people wait for it. */
@Component
class CountMeters implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        List.of("ok", "cancelled", "failed").forEach(outcome -> timer(registry, outcome));
    }

    static Timer timer(MeterRegistry registry, String outcome) {
        return Timer.builder("perennial.segment.counts")
                .description("Counts of segments' rules on this node; cancelled where the rule was changed meanwhile")
                .tag("outcome", outcome)
                .register(registry);
    }
}
