package io.perennial.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** Whether this node wants requests. The database is not asked: what it is asked for shows its absence elsewhere. */
@Component
class NodeFigures implements MeterBinder {

    private final ApplicationAvailability availability;

    NodeFigures(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "perennial.node.ready",
                        availability,
                        each -> each.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC ? 1 : 0)
                .description("1 while this node takes requests, 0 while it starts or ends")
                .register(registry);
    }
}
