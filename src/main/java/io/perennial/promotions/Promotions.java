package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.promotions.PromotionProblem.Place;
import io.perennial.segments.SegmentDirectory;
import io.perennial.tenancy.CurrentTenant;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where staff make, plan and cancel appreciation days. */
@Service
@Transactional(readOnly = true)
public class Promotions {

    private final PromotionRepository promotions;
    private final PromotionSegments segments;
    private final PromotionReadiness readiness;
    private final PromotionMails mails;
    private final CampaignDesk campaigns;
    private final SegmentDirectory segmentDirectory;
    private final Businesses businesses;
    private final AuditLog audit;

    Promotions(
            PromotionRepository promotions,
            PromotionSegments segments,
            PromotionReadiness readiness,
            PromotionMails mails,
            CampaignDesk campaigns,
            SegmentDirectory segmentDirectory,
            Businesses businesses,
            AuditLog audit) {
        this.promotions = promotions;
        this.segments = segments;
        this.readiness = readiness;
        this.mails = mails;
        this.campaigns = campaigns;
        this.segmentDirectory = segmentDirectory;
        this.businesses = businesses;
        this.audit = audit;
    }

    /** All of them, the latest day first. */
    @PreAuthorize("hasAuthority('promotion:read')")
    public List<PromotionDetails> all() {
        return promotions.findAllByOrderByCelebratedOnDescIdDesc().stream()
                .map(this::details)
                .toList();
    }

    /**
     * @throws java.util.NoSuchElementException if the current tenant has no such promotion
     */
    @PreAuthorize("hasAuthority('promotion:read')")
    public PromotionDetails open(PromotionId id) {
        return details(promotions.require(id));
    }

    /** Whom its announcement would reach now, and who would be left out. */
    @PreAuthorize("hasAuthority('promotion:read')")
    public AudienceCount audience(PromotionContent content) {
        return campaigns.audience(content.include(), content.exclude(), content.topic());
    }

    /**
     * What keeps it from being planned; empty when it may be.
     *
     * @param audience as counted just now by {@link #audience}, or nothing to leave it out
     */
    @PreAuthorize("hasAuthority('promotion:read')")
    public List<PromotionProblem> problems(PromotionContent content, @Nullable AudienceCount audience) {
        List<PromotionProblem> problems = new ArrayList<>(readiness.of(content, audience, businesses.current()));
        Stream.concat(content.include().stream(), content.exclude().stream())
                .filter(segmentDirectory::isArchived)
                .map(segment -> new PromotionProblem(
                        Place.AUDIENCE,
                        t(
                                "promotions.problem.segment_archived",
                                segmentDirectory.require(segment).name())))
                .forEach(problems::add);
        return problems;
    }

    /**
     * Keeps a new draft.
     *
     * @throws PromotionNotReady if it is wrong in itself, whatever the day
     */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public PromotionId create(PromotionContent content) {
        return create(content, null);
    }

    PromotionId create(PromotionContent content, @Nullable PromotionId follows) {
        check(content);
        Promotion promotion = promotions.save(Promotion.draft(content, follows, Instant.now()));
        promotions.flush(); // the links below are plain SQL and need the row
        segments.replace(CurrentTenant.require(), promotion.id(), content.include(), content.exclude());
        return promotion.id();
    }

    /**
     * Keeps what was changed on a draft.
     *
     * @param version as it was opened
     * @throws PromotionNotReady if it is wrong in itself, whatever the day
     * @throws PromotionChangedMeanwhile if somebody saved it since
     * @throws WrongPromotionState if it is no draft
     */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public PromotionDetails change(PromotionId id, PromotionContent content, int version) {
        check(content);
        Promotion promotion = promotions.require(id);
        if (promotion.version() != version) {
            throw new PromotionChangedMeanwhile();
        }
        promotion.fill(content, Instant.now());
        segments.replace(CurrentTenant.require(), id, content.include(), content.exclude());
        promotions.flush();
        return details(promotion);
    }

    /**
     * Plans a draft: its mails are scheduled, its vouchers come into being with the announcement.
     *
     * @throws PromotionNotReady if something is missing, with the place and what to do
     * @throws io.perennial.campaigns.CampaignNotReady if its mails cannot be scheduled, with what to do
     */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public PromotionDetails plan(PromotionId id) {
        Promotion promotion = promotions.require(id);
        PromotionContent content = details(promotion).content();
        List<PromotionProblem> problems = new ArrayList<>(problems(content, audience(content)));
        if (segments.anyGone(CurrentTenant.require(), id)) {
            problems.add(new PromotionProblem(Place.AUDIENCE, t("promotions.problem.segment_gone")));
        }
        if (!problems.isEmpty()) {
            throw new PromotionNotReady(problems);
        }
        PromotionMails.Scheduled scheduled = mails.schedule(id, content);
        promotion.planned(scheduled.announcement(), scheduled.thanks(), Instant.now());
        promotions.flush();
        audit.record(PromotionDeed.PLANNED, id.value(), promotion.name());
        return details(promotion);
    }

    /**
     * Makes a planned one a draft again; its mails are taken back.
     *
     * @throws WrongPromotionState if it was announced already
     */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public PromotionDetails reopen(PromotionId id) {
        Promotion promotion = promotions.require(id);
        mails.cancel(promotion.details(List.of(), List.of(), zone()));
        promotion.reopen(LocalDateTime.now(zone()), Instant.now());
        promotions.flush();
        audit.record(PromotionDeed.REOPENED, id.value(), promotion.name());
        return details(promotion);
    }

    /** Stops it: mails not sent yet are not sent, vouchers are not taken any more. */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public PromotionDetails cancel(PromotionId id) {
        Promotion promotion = promotions.require(id);
        mails.cancel(promotion.details(List.of(), List.of(), zone()));
        promotion.cancel(LocalDateTime.now(zone()), Instant.now());
        promotions.flush();
        audit.record(PromotionDeed.CANCELLED, id.value(), promotion.name());
        return details(promotion);
    }

    /**
     * Throws a draft away.
     *
     * @throws WrongPromotionState if it is no draft
     */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public void delete(PromotionId id) {
        Promotion promotion = promotions.require(id);
        promotion.requireDraft(LocalDateTime.now(zone()));
        promotions.delete(promotion);
        audit.record(PromotionDeed.DELETED, id.value(), promotion.name());
    }

    private void check(PromotionContent content) {
        List<PromotionProblem> problems = PromotionReadiness.ofShape(content);
        if (!problems.isEmpty()) {
            throw new PromotionNotReady(problems);
        }
        content.include().forEach(segmentDirectory::require);
        content.exclude().forEach(segmentDirectory::require);
    }

    private PromotionDetails details(Promotion promotion) {
        Business business = businesses.current();
        return promotion.details(
                segments.of(business.id(), promotion.id(), false),
                segments.of(business.id(), promotion.id(), true),
                business.zone());
    }

    private ZoneId zone() {
        return businesses.current().zone();
    }
}
