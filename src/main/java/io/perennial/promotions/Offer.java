package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.Formats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What a voucher gives.
 *
 * @param value percent (15 is 15 %) or amount in the tenant's currency; nothing for things
 * @param thing the product or gift; nothing for discounts
 * @param unitCost what one costs the business, for things; nothing where nobody said
 */
public record Offer(
        OfferKind kind,
        @Nullable BigDecimal value,
        @Nullable String thing,
        @Nullable BigDecimal unitCost) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Offer {
        value = plain(value);
        unitCost = plain(unitCost);
    }

    /** Without zeros at its end, so that equal numbers are equal. */
    static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * What redeeming it costs the business.
     *
     * @param orderAmount what the customer buys with it, before the discount, where the till said so
     * @return in the tenant's currency; 0 where it cannot be known (a percentage of an unknown amount)
     */
    public BigDecimal cost(@Nullable BigDecimal orderAmount) {
        return switch (kind) {
            case PERCENT ->
                orderAmount == null || value == null
                        ? BigDecimal.ZERO
                        : orderAmount.multiply(value).divide(HUNDRED, 4, RoundingMode.HALF_UP);
            case AMOUNT -> {
                BigDecimal amount = value == null ? BigDecimal.ZERO : value;
                yield orderAmount == null ? amount : amount.min(orderAmount);
            }
            case PRODUCT, GIFT -> unitCost == null ? BigDecimal.ZERO : unitCost;
        };
    }

    /** In words: "15% off", "a free espresso". */
    public String words(Currency currency) {
        return switch (kind) {
            case PERCENT -> t("promotions.offer.words.PERCENT", Formats.decimal(value, decimals(value)));
            case AMOUNT -> t("promotions.offer.words.AMOUNT", Formats.money(value, currency));
            case PRODUCT -> t("promotions.offer.words.PRODUCT", thing == null ? "" : thing);
            case GIFT -> t("promotions.offer.words.GIFT", thing == null ? "" : thing);
        };
    }

    private static int decimals(@Nullable BigDecimal number) {
        return number == null ? 0 : Math.max(0, number.stripTrailingZeros().scale());
    }
}
