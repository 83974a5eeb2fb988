package io.perennial.promotions;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What came of a promotion. Money in the tenant's currency.
 *
 * @param mailed customers its announcement went to; nothing before it was sent
 * @param issued vouchers made
 * @param redeemed vouchers redeemed
 * @param cost of what was given, as far as known
 * @param redeemedRevenue of the orders at redemption, where the till gave the amount, before the discount
 * @param holdersRevenue of all valid orders of voucher holders in the days the vouchers were valid, net of refunds
 */
public record PromotionResult(
        @Nullable Long mailed,
        long issued,
        long redeemed,
        BigDecimal cost,
        BigDecimal redeemedRevenue,
        BigDecimal holdersRevenue) {

    /** Redeemed of issued, or nothing where none was issued. */
    public @Nullable Double redemptionRate() {
        return issued == 0 ? null : (double) redeemed / issued;
    }
}
