package io.perennial.promotions;

import io.perennial.content.TemplateId;
import io.perennial.segments.SegmentId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What staff fill in for a promotion. Days and times are the tenant's.
 *
 * @param day the appreciation day itself
 * @param yearly whether it is planned again for next year when it is over
 * @param include whose customers get it; none means everybody who may be mailed
 * @param topic the consent topic of its mails; nothing means all mail
 * @param maxRedemptions stops it after so many; nothing means no limit
 * @param maxCost stops it before the cost exceeds this, in the tenant's currency; nothing means no limit
 * @param announceWith the mail that brings the voucher
 * @param thankWith the mail to those who redeemed; nothing means none
 */
public record PromotionContent(
        String name,
        LocalDate day,
        boolean yearly,
        List<SegmentId> include,
        List<SegmentId> exclude,
        @Nullable String topic,
        Offer offer,
        LocalDate validFrom,
        LocalDate validUntil,
        @Nullable Integer maxRedemptions,
        @Nullable BigDecimal maxCost,
        @Nullable TemplateId announceWith,
        LocalDateTime announceAt,
        @Nullable TemplateId thankWith,
        @Nullable LocalDateTime thankAt) {

    public PromotionContent {
        name = name.strip();
        maxCost = Offer.plain(maxCost);
        announceAt = announceAt.truncatedTo(ChronoUnit.MINUTES);
        thankAt = thankAt == null ? null : thankAt.truncatedTo(ChronoUnit.MINUTES);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** The same a year later; 29 February becomes the 28th. */
    PromotionContent nextYear() {
        return new PromotionContent(
                name,
                day.plusYears(1),
                yearly,
                include,
                exclude,
                topic,
                offer,
                validFrom.plusYears(1),
                validUntil.plusYears(1),
                maxRedemptions,
                maxCost,
                announceWith,
                announceAt.plusYears(1),
                thankWith,
                thankAt == null ? null : thankAt.plusYears(1));
    }
}
