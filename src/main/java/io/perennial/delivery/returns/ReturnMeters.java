package io.perennial.delivery.returns;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Counts mails that came back on this node, each once a kind, as with its message. */
@Component
class ReturnMeters implements MeterBinder {

    private static final String NAME = "perennial.mails.returned";

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.of(ReturnKind.values()).filter(ReturnKind::isKept).forEach(kind -> counter(registry, kind));
    }

    static void count(ReturnKind kind) {
        counter(Metrics.globalRegistry, kind).increment();
    }

    private static Counter counter(MeterRegistry registry, ReturnKind kind) {
        return Counter.builder(NAME)
                .description("Mails that came back to this node: bounces, complaints, reports")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
