package io.perennial.promotions;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the till learns about a code.
 *
 * @param voucher its id, for undoing; nothing where no voucher was found
 * @param customer whose it is, in words
 * @param offer in words
 * @param redeemedAt and {@code redeemedBy}: when it was used and who took it, where it was used
 * @param cost what the redemption cost, where it was redeemed
 */
public record CheckedVoucher(
        Verdict verdict,
        @Nullable Long voucher,
        @Nullable String code,
        @Nullable String promotion,
        @Nullable String customer,
        @Nullable String offer,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable Instant redeemedAt,
        @Nullable String redeemedBy,
        @Nullable BigDecimal cost) {

    /** How a code stands. */
    public enum Verdict {
        /** It may be redeemed now. */
        VALID,
        /** It was redeemed just now, by this request. */
        REDEEMED,
        /** The check character does not fit: mistyped. */
        MISTYPED,
        /** No voucher of this business. */
        UNKNOWN,
        USED,
        NOT_YET,
        EXPIRED,
        SPENT,
        CANCELLED
    }

    static CheckedVoucher without(Verdict verdict) {
        return new CheckedVoucher(verdict, null, null, null, null, null, null, null, null, null, null);
    }

    CheckedVoucher as(Verdict other) {
        return new CheckedVoucher(
                other, voucher, code, promotion, customer, offer, validFrom, validUntil, redeemedAt, redeemedBy, cost);
    }
}
