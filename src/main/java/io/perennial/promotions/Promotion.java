package io.perennial.promotions;

import io.perennial.campaigns.CampaignId;
import io.perennial.content.TemplateId;
import io.perennial.segments.SegmentId;
import io.perennial.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An appreciation day. Its verbs guard its state; whom it is for lies beside it in {@link PromotionSegments}. */
@Entity
@Table(name = "promotion")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields itself
class Promotion extends TenantOwned {

    private enum Status {
        DRAFT,
        PLANNED,
        CANCELLED
    }

    private String name;
    private LocalDate celebratedOn;
    private boolean yearly;

    @Column(updatable = false)
    private @Nullable Long follows;

    private @Nullable String topic;

    @Enumerated(EnumType.STRING)
    private OfferKind offerKind;

    private @Nullable BigDecimal offerValue;
    private @Nullable String offerThing;
    private @Nullable BigDecimal unitCost;
    private LocalDate validFrom;
    private LocalDate validUntil;
    private @Nullable Integer maxRedemptions;
    private @Nullable BigDecimal maxCost;
    private @Nullable Long announceTemplate;

    /** ISO text, as all wall-clock times here: a driver may move a time that does not exist in the zone it thinks in. */
    private String announceAt;

    private @Nullable Long announceCampaign;
    private @Nullable Long thankTemplate;
    private @Nullable String thankAt;
    private @Nullable Long thankCampaign;

    @Enumerated(EnumType.STRING)
    private Status status;

    private @Nullable String note;

    /** Moved by redemptions in SQL of their own; never written from here. */
    @Column(insertable = false, updatable = false)
    private int redeemed;

    @Column(insertable = false, updatable = false)
    private @Nullable BigDecimal cost;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;

    @Version
    private int version;

    protected Promotion() {}

    static Promotion draft(PromotionContent content, @Nullable PromotionId follows, Instant now) {
        Promotion promotion = new Promotion();
        promotion.status = Status.DRAFT;
        promotion.createdAt = now;
        promotion.follows = follows == null ? null : follows.value();
        promotion.fill(content, now);
        return promotion;
    }

    /** Takes over what staff filled in. Segments are kept by the caller. */
    void fill(PromotionContent content, Instant now) {
        require(Status.DRAFT);
        name = content.name();
        celebratedOn = content.day();
        yearly = content.yearly();
        topic = content.topic();
        offerKind = content.offer().kind();
        offerValue = content.offer().value();
        offerThing = content.offer().thing();
        unitCost = content.offer().unitCost();
        validFrom = content.validFrom();
        validUntil = content.validUntil();
        maxRedemptions = content.maxRedemptions();
        maxCost = content.maxCost();
        announceTemplate = value(content.announceWith());
        announceAt = content.announceAt().toString();
        thankTemplate = value(content.thankWith());
        thankAt = content.thankAt() == null ? null : content.thankAt().toString();
        updatedAt = now;
    }

    /** Its mails are scheduled. */
    void planned(CampaignId announcement, @Nullable CampaignId thanks, Instant now) {
        require(Status.DRAFT);
        status = Status.PLANNED;
        announceCampaign = announcement.value();
        thankCampaign = thanks == null ? null : thanks.value();
        note = null;
        updatedAt = now;
    }

    /** Makes it a draft again; only before anybody was told. */
    void reopen(LocalDateTime localNow, Instant now) {
        if (state(localNow) != PromotionState.PLANNED) {
            throw new WrongPromotionState(state(localNow));
        }
        status = Status.DRAFT;
        announceCampaign = null;
        thankCampaign = null;
        updatedAt = now;
    }

    void cancel(LocalDateTime localNow, Instant now) {
        PromotionState state = state(localNow);
        if (state == PromotionState.OVER || state == PromotionState.CANCELLED) {
            throw new WrongPromotionState(state);
        }
        status = Status.CANCELLED;
        updatedAt = now;
    }

    /** Only what never reached anybody may be thrown away. */
    void requireDraft(LocalDateTime localNow) {
        if (status != Status.DRAFT) {
            throw new WrongPromotionState(state(localNow));
        }
    }

    void remark(String words) {
        note = words;
    }

    PromotionState state(LocalDateTime localNow) {
        LocalDate today = localNow.toLocalDate();
        if (status == Status.CANCELLED) {
            return PromotionState.CANCELLED;
        }
        if (status == Status.DRAFT) {
            return PromotionState.DRAFT;
        }
        if (today.isAfter(validUntil)) {
            return PromotionState.OVER;
        }
        if (isSpent()) {
            return PromotionState.SPENT;
        }
        if (localNow.isBefore(LocalDateTime.parse(announceAt))) {
            return PromotionState.PLANNED; // even on a day when vouchers are good: nobody holds one yet
        }
        return today.isBefore(validFrom) ? PromotionState.ANNOUNCED : PromotionState.RUNNING;
    }

    private boolean isSpent() {
        return (maxRedemptions != null && redeemed >= maxRedemptions)
                || (maxCost != null && cost().compareTo(maxCost) >= 0);
    }

    boolean repeats(LocalDate today) {
        return yearly && status == Status.PLANNED && today.isAfter(validUntil);
    }

    String name() {
        return name;
    }

    PromotionDetails details(List<SegmentId> include, List<SegmentId> exclude, ZoneId zone) {
        return new PromotionDetails(
                id(),
                content(include, exclude),
                state(LocalDateTime.now(zone)),
                announceCampaign == null ? null : new CampaignId(announceCampaign),
                thankCampaign == null ? null : new CampaignId(thankCampaign),
                redeemed,
                cost(),
                note,
                updatedAt,
                version);
    }

    PromotionContent content(List<SegmentId> include, List<SegmentId> exclude) {
        return new PromotionContent(
                name,
                celebratedOn,
                yearly,
                include,
                exclude,
                topic,
                new Offer(offerKind, offerValue, offerThing, unitCost),
                validFrom,
                validUntil,
                maxRedemptions,
                maxCost,
                announceTemplate == null ? null : new TemplateId(announceTemplate),
                LocalDateTime.parse(announceAt),
                thankTemplate == null ? null : new TemplateId(thankTemplate),
                thankAt == null ? null : LocalDateTime.parse(thankAt));
    }

    PromotionId id() {
        return new PromotionId(getId());
    }

    int version() {
        return version;
    }

    private BigDecimal cost() {
        return cost == null ? BigDecimal.ZERO : cost;
    }

    private void require(Status wanted) {
        if (status != wanted) {
            throw new WrongPromotionState(
                    status == Status.CANCELLED ? PromotionState.CANCELLED : PromotionState.PLANNED);
        }
    }

    private static @Nullable Long value(@Nullable TemplateId id) {
        return id == null ? null : id.value();
    }
}
