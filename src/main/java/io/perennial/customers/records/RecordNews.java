package io.perennial.customers.records;

import io.perennial.customers.ImportField;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells of customers and orders that were entered one by one. What files bring is told as a whole. */
@Component
@TenantSql("Looks up the ids of what was just entered, where somebody wants to know; every statement names the tenant.")
class RecordNews {

    private final JdbcClient jdbc;
    private final Happenings happenings;

    RecordNews(JdbcClient jdbc, Happenings happenings) {
        this.jdbc = jdbc;
        this.happenings = happenings;
    }

    void customer(TenantId tenant, RecordEntry.Outcome outcome, Map<ImportField, String> values) {
        EventType type =
                outcome == RecordEntry.Outcome.CREATED ? EventType.CUSTOMER_CREATED : EventType.CUSTOMER_UPDATED;
        if (outcome != RecordEntry.Outcome.UNCHANGED && happenings.isHeard(tenant, type)) {
            find(tenant, values)
                    .ifPresent(id -> happenings.tellOf(tenant, type, List.of(id), EventData.Customers::new));
        }
    }

    void order(TenantId tenant, RecordEntry.Outcome outcome, String number) {
        if (outcome == RecordEntry.Outcome.UNCHANGED || !happenings.isHeard(tenant, EventType.ORDER_RECORDED)) {
            return;
        }
        jdbc.sql("SELECT customer_id FROM customer_order WHERE tenant_id = ? AND external_id = ?")
                .params(tenant.value(), number)
                .query(Long.class)
                .optional()
                .ifPresent(customer -> happenings.tell(
                        tenant,
                        EventType.ORDER_RECORDED,
                        new CustomerId(customer),
                        () -> new EventData.Order(number, Long.toString(customer))));
    }

    private Optional<Long> find(TenantId tenant, Map<ImportField, String> values) {
        String externalId = values.getOrDefault(ImportField.EXTERNAL_ID, "").strip();
        return jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND erased_at IS NULL AND "
                        + (externalId.isEmpty() ? "email = ?" : "external_id = ?"))
                .param(tenant.value())
                .param(
                        externalId.isEmpty()
                                ? values.getOrDefault(ImportField.EMAIL, "")
                                        .strip()
                                        .toLowerCase(Locale.ROOT)
                                : externalId)
                .query(Long.class)
                .optional();
    }
}
