package io.perennial.api.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as a program says it. Amounts are without tax and shipping.
 *
 * @param number the shop's, by which the order is known again
 * @param orderedAt with its offset
 * @param status PAID where nothing is said
 * @param currency the business's where nothing is said
 * @param exchangeRate from the order's currency to the business's, where they differ
 * @param total of the whole order; else the lines are added up
 * @param refunded what was given back so far, in the order's currency
 * @param lines where there are none the order keeps those it has
 * @param createCustomer whether a customer whom nobody knows yet is made; true where nothing is said
 */
record OrderInput(
        @NotBlank @Size(max = 100) String number,
        @NotNull @Valid Whose customer,
        @NotNull OffsetDateTime orderedAt,
        @Nullable Status status,

        @Pattern(regexp = "[A-Z]{3}", message = "a currency has three capital letters, CZK for instance") @Nullable
        String currency,

        @DecimalMin(value = "0", inclusive = false) @Nullable
        BigDecimal exchangeRate,

        @DecimalMin("0") @DecimalMax(MOST) @Nullable BigDecimal total,
        @DecimalMin("0") @DecimalMax(MOST) @Nullable BigDecimal refunded,
        @Nullable OffsetDateTime refundedAt,
        @Size(max = 500) @Valid List<LineInput> lines,
        @Nullable Boolean createCustomer) {

    static final String MOST = "999999999";

    OrderInput {
        lines = lines == null ? List.of() : List.copyOf(lines);
    }

    boolean isCreatingCustomer() {
        return createCustomer == null || createCustomer;
    }

    /** How an order stands. */
    enum Status {
        PAID,
        REFUNDED,
        CANCELLED,
        TEST
    }

    /** Whose it is: one of the two at least. */
    record Whose(
            @Size(max = 100) @Nullable String externalId,
            @Size(max = 254) @Nullable String email) {

        boolean isUnknown() {
            return (externalId == null || externalId.isBlank()) && (email == null || email.isBlank());
        }
    }

    /**
     * A line.
     *
     * @param quantity 1 where nothing is said
     * @param amount of the whole line, less discounts
     */
    record LineInput(
            @Size(max = 100) @Nullable String sku,
            @NotBlank @Size(max = 200) String product,
            @Size(max = 100) @Nullable String category,
            @DecimalMin("0") @DecimalMax(MOST) @Nullable BigDecimal quantity,
            @NotNull @DecimalMin("0") @DecimalMax(MOST) BigDecimal amount) {}
}
