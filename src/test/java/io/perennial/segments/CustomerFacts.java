package io.perennial.segments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that a rule may ask about one customer, in plain Java. */
record CustomerFacts(
        long id,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String gender,
        @Nullable LocalDate birthday,
        @Nullable String city,
        @Nullable String country,
        @Nullable String locale,
        Instant createdAt,
        Set<String> tags,
        Set<String> topics,
        boolean suppressed,
        @Nullable Summary summary,
        List<Order> orders) {

    record Summary(
            int orders,
            BigDecimal value,
            @Nullable Instant first,
            @Nullable Instant last,
            @Nullable Integer recency,
            @Nullable Double churnRisk,
            @Nullable BigDecimal clv) {}

    record Order(long id, Instant at, String status, BigDecimal netValue, BigDecimal refunded, List<Line> lines) {

        boolean valid() {
            return status.equals("PAID") && netValue.signum() > 0;
        }
    }

    record Line(
            @Nullable String sku,
            String product,
            @Nullable String category,
            BigDecimal quantity,
            BigDecimal netValue) {}
}
