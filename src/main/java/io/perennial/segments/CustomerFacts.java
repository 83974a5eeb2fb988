package io.perennial.segments;

import io.perennial.customers.SuppressionReason;
import io.perennial.customers.attributes.AttributeValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a rule may ask about one customer, in plain Java.
 *
 * @param suppression why the address is never mailed, or nothing where it may be
 * @param attributes what the business itself keeps, by the attribute's id
 * @param activities what they did, by the name of its kind
 * @param lists the lists that staff put them on
 */
record CustomerFacts(
        long id,
        Person person,
        Instant createdAt,
        Set<String> tags,
        List<Consent> consents,
        @Nullable SuppressionReason suppression,
        @Nullable Summary summary,
        List<Order> orders,
        Map<Long, AttributeValue> attributes,
        Map<String, List<Deed>> activities,
        Set<SegmentId> lists) {

    record Person(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String externalId,
            @Nullable String gender,
            @Nullable LocalDate birthday,
            @Nullable String city,
            @Nullable String country,
            @Nullable String locale,
            @Nullable String zone) {}

    record Consent(String topic, boolean granted, Instant at) {}

    /** As the stored summary has it: a rule asks that, not the orders. */
    record Summary(
            int orders,
            int orderDays,
            BigDecimal value,
            @Nullable Instant first,
            @Nullable Instant last,
            @Nullable Integer recency,
            @Nullable Integer frequency,
            @Nullable Integer monetary,
            @Nullable Double churnRisk,
            @Nullable BigDecimal clv) {}

    record Order(
            long id,
            Instant at,
            LocalDate day,
            String status,
            BigDecimal netValue,
            BigDecimal refunded,
            List<Line> lines) {

        BigDecimal left() {
            return netValue.subtract(refunded);
        }
    }

    record Line(
            @Nullable String sku,
            String product,
            @Nullable String category,
            BigDecimal quantity,
            BigDecimal netValue) {}

    /**
     * One time that something happened.
     *
     * @param thing what is counted: two openings of one mail are one
     */
    record Deed(
            Instant at,
            long thing,
            @Nullable Long about,
            @Nullable Long detail) {}
}
