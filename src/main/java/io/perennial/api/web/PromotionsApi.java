package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.promotions.CheckedVoucher;
import io.perennial.promotions.OfferKind;
import io.perennial.promotions.PromotionDetails;
import io.perennial.promotions.PromotionId;
import io.perennial.promotions.PromotionState;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Redemptions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Promotions, and vouchers at the till. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT, produces = "application/json")
class PromotionsApi {

    private final Promotions promotions;
    private final Redemptions redemptions;
    private final Cursors cursors;

    PromotionsApi(Promotions promotions, Redemptions redemptions, Cursors cursors) {
        this.promotions = promotions;
        this.redemptions = redemptions;
        this.cursors = cursors;
    }

    /**
     * A promotion.
     *
     * @param value percent, or an amount in the business's currency; null for things
     * @param thing the product or gift; null for discounts
     * @param redeemed vouchers redeemed so far
     */
    record PromotionView(
            String id,
            String name,
            PromotionState state,
            LocalDate day,
            LocalDate validFrom,
            LocalDate validUntil,
            OfferKind offer,
            @Nullable BigDecimal value,
            @Nullable String thing,
            int redeemed,
            BigDecimal cost) {

        static PromotionView of(PromotionDetails details) {
            return new PromotionView(
                    details.id().toString(),
                    details.content().name(),
                    details.state(),
                    details.content().day(),
                    details.content().validFrom(),
                    details.content().validUntil(),
                    details.content().offer().kind(),
                    details.content().offer().value(),
                    details.content().offer().thing(),
                    details.redeemed(),
                    details.cost());
        }
    }

    /**
     * A voucher at the till.
     *
     * @param code as it was typed or scanned
     * @param orderAmount what is bought with it before the discount, in the business's currency
     */
    record RedemptionInput(
            @NotBlank @Size(max = 40) String code,

            @DecimalMin("0") @DecimalMax("100000000") @Nullable
            BigDecimal orderAmount) {}

    record VoucherCodeInput(@NotBlank @Size(max = 40) String code) {}

    /**
     * How a voucher stands.
     *
     * @param verdict REDEEMED where this request took it, VALID where it may be taken, else why not
     * @param offer in words
     */
    record VoucherView(
            CheckedVoucher.Verdict verdict,
            @Nullable String code,
            @Nullable String promotion,
            @Nullable String offer,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validUntil,
            @Nullable Instant redeemedAt) {

        static VoucherView of(CheckedVoucher voucher) {
            return new VoucherView(
                    voucher.verdict(),
                    voucher.code(),
                    voucher.promotion(),
                    voucher.offer(),
                    voucher.validFrom(),
                    voucher.validUntil(),
                    voucher.redeemedAt());
        }
    }

    @GetMapping("/promotions")
    @Needs(Permission.PROMOTION_READ)
    Listed<PromotionView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        long after = cursors.read("promotions", cursor, 0);
        List<PromotionDetails> read = promotions.all().stream()
                .filter(p -> p.id().value() > after)
                .sorted(Comparator.comparingLong(p -> p.id().value()))
                .limit(limit + 1L)
                .toList();
        return cursors.page("promotions", read, limit, p -> p.id().value(), PromotionView::of);
    }

    @GetMapping("/promotions/{promotion}")
    @Needs(Permission.PROMOTION_READ)
    PromotionView get(@PathVariable @Positive long promotion) {
        return PromotionView.of(promotions.open(new PromotionId(promotion)));
    }

    /** Changes nothing. */
    @PostMapping(path = "/vouchers/check", consumes = "application/json")
    @Needs(Permission.PROMOTION_REDEEM)
    VoucherView check(@RequestBody @Valid VoucherCodeInput input) {
        return VoucherView.of(redemptions.check(input.code()));
    }

    /** Of several at once exactly one succeeds. */
    @PostMapping(path = "/vouchers/redeem", consumes = "application/json")
    @Needs(Permission.PROMOTION_REDEEM)
    VoucherView redeem(@RequestBody @Valid RedemptionInput input) {
        return VoucherView.of(redemptions.redeem(input.code(), input.orderAmount()));
    }
}
