package io.perennial.webhooks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.perennial.kernel.LatelyRead;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Calls of endpoints on this node, and for how long the oldest event of the installation is overdue. */
@Component
@TenantSql("The oldest of all tenants' deliveries that are due; nothing of any one is told.")
class WebhookMeters implements MeterBinder {

    private static final String NAME = "perennial.webhook.calls";

    private final JdbcClient jdbc;
    private final LatelyRead<Double> overdue = new LatelyRead<>(Duration.ofSeconds(10), Double.NaN, this::read);

    WebhookMeters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        List.of("taken", "failed", "gone").forEach(outcome -> counter(registry, outcome));
        Gauge.builder("perennial.webhooks.overdue.seconds", overdue, LatelyRead::get)
                .description("For how long the event is due that waits longest to be told to an endpoint; 0 for none")
                .register(registry);
    }

    static void count(WebhookQueue.Verdict verdict) {
        counter(Metrics.globalRegistry, verdict.gone() ? "gone" : verdict.taken() ? "taken" : "failed")
                .increment();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder(NAME)
                .description("Calls of businesses' webhooks by this node; gone is an endpoint that wants no more")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Double read() {
        return jdbc.sql("SELECT COALESCE(MAX(TIMESTAMPDIFF(SECOND, (SELECT MIN(d.due_at) FROM webhook_delivery d "
                        + "WHERE d.tenant_id = e.tenant_id AND d.endpoint_id = e.id AND d.due_at IS NOT NULL), "
                        + "UTC_TIMESTAMP(6))), 0) FROM webhook_endpoint e /* all tenants */ WHERE e.state = 'ENABLED'")
                .query((rs, n) -> Math.max(0, rs.getDouble(1)))
                .single();
    }
}
