package io.perennial.api.web;

import io.perennial.customers.Customer;
import io.perennial.customers.records.CustomerRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer as programs see them.
 *
 * @param attributes by key, those that have a value
 * @param orders figures of valid orders, in the business's currency
 */
record CustomerView(
        String id,
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable String gender,
        @Nullable LocalDate birthday,
        @Nullable String city,
        @Nullable String country,
        @Nullable String locale,
        @Nullable String timeZone,
        List<String> tags,
        Map<String, Object> attributes,
        OrderFigures orders,
        Instant createdAt) {

    /**
     * What the customer bought.
     *
     * @param value net of refunds
     */
    record OrderFigures(
            int count,
            BigDecimal value,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt) {}

    static CustomerView of(CustomerRecord record, Map<String, Object> attributes) {
        Customer customer = record.customer();
        return new CustomerView(
                customer.id().toString(),
                customer.externalId(),
                customer.email(),
                customer.firstName(),
                customer.lastName(),
                customer.phone(),
                customer.gender(),
                customer.birthday(),
                customer.city(),
                customer.country(),
                customer.locale(),
                customer.zone(),
                record.tags(),
                attributes,
                new OrderFigures(
                        record.summary().orders(),
                        record.summary().value(),
                        record.summary().firstOrderAt(),
                        record.summary().lastOrderAt()),
                customer.createdAt());
    }
}
