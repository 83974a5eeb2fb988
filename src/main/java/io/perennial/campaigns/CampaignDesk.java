package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignAudience.Wanted;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentId;
import io.perennial.tenancy.CurrentTenant;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where staff draft campaigns, see how they stand and what they still need. */
@Service
public class CampaignDesk {

    private final Campaigns campaigns;
    private final CampaignSegments segments;
    private final CampaignAudience audiences;
    private final CampaignReadiness readiness;
    private final CampaignOrigins origins;
    private final FrozenContents contents;
    private final Businesses businesses;
    private final SegmentDirectory segmentDirectory;
    private final TemplateDirectory templates;
    private final AuditLog audit;

    CampaignDesk(
            Campaigns campaigns,
            CampaignSegments segments,
            CampaignAudience audiences,
            CampaignReadiness readiness,
            CampaignOrigins origins,
            FrozenContents contents,
            Businesses businesses,
            SegmentDirectory segmentDirectory,
            TemplateDirectory templates,
            AuditLog audit) {
        this.campaigns = campaigns;
        this.segments = segments;
        this.audiences = audiences;
        this.readiness = readiness;
        this.origins = origins;
        this.contents = contents;
        this.businesses = businesses;
        this.segmentDirectory = segmentDirectory;
        this.templates = templates;
        this.audit = audit;
    }

    /**
     * One campaign.
     *
     * @throws java.util.NoSuchElementException if the current tenant has no such campaign
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public CampaignDetail require(CampaignId id) {
        return detail(campaigns.require(id));
    }

    /**
     * Campaigns, newest first.
     *
     * @param statuses only these; none means all
     * @param search part of the name, or all
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Slice<CampaignDetail> find(Collection<CampaignStatus> statuses, @Nullable String search, Pageable page) {
        Collection<CampaignStatus> wanted = statuses.isEmpty() ? Arrays.asList(CampaignStatus.values()) : statuses;
        String pattern =
                search == null || search.isBlank() ? null : "%" + search.strip().replaceAll("([!%_])", "!$1") + "%";
        return campaigns.find(wanted, pattern, page).map(this::detail);
    }

    /**
     * The next campaigns by falling id, for whoever reads them all.
     *
     * @param below only those with smaller ids
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public List<CampaignDetail> below(long below, int limit) {
        return campaigns.below(below, PageRequest.ofSize(Math.clamp(limit, 1, 201))).stream()
                .map(this::detail)
                .toList();
    }

    /** How many campaigns stand where; a status without any is left out. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Map<CampaignStatus, Long> counts() {
        Map<CampaignStatus, Long> counts = new EnumMap<>(CampaignStatus.class);
        campaigns.countByStatus().forEach(row -> counts.put((CampaignStatus) row[0], (Long) row[1]));
        return counts;
    }

    /** What is scheduled, the next first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public List<CampaignDetail> upcoming(Pageable page) {
        return campaigns.bySendTime(CampaignStatus.SCHEDULED, page).stream()
                .map(this::detail)
                .toList();
    }

    /** The campaign that ended last, if any mail of it was sent. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Optional<CampaignDetail> lastSent() {
        return campaigns.lastFinished(CampaignStatus.DONE, PageRequest.ofSize(1)).stream()
                .map(this::detail)
                .findFirst();
    }

    /** Whether the template says something else now than what was frozen for this campaign. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public boolean templateChangedSince(CampaignId id) {
        Campaign campaign = campaigns.require(id);
        return contents.find(CurrentTenant.require(), id)
                .map(kept -> campaign.template()
                        .map(template -> !kept.equals(templates.snapshot(template)))
                        .orElse(true)) // deleted since
                .orElse(false);
    }

    /** Saves a new draft. */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:write')")
    public CampaignId create(CampaignContent content) {
        return create(content, null);
    }

    CampaignId create(CampaignContent content, CampaignPlanner.@Nullable Origin origin) {
        TenantId tenant = CurrentTenant.require();
        requireOwn(content);
        Author by = Author.now();
        Campaign campaign = Campaign.draft(origin, by);
        campaign.fill(content, by);
        campaigns.save(campaign);
        campaigns.flush(); // the links below are plain SQL and need the row
        segments.replace(tenant, campaign.id(), content.include(), content.exclude());
        return campaign.id();
    }

    /**
     * Saves what was changed on a draft.
     *
     * @throws WrongCampaignState if it is no draft any more
     */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:write')")
    public void change(CampaignId id, CampaignContent content) {
        requireOwn(content);
        campaigns.require(id).fill(content, Author.now());
        segments.replace(CurrentTenant.require(), id, content.include(), content.exclude());
    }

    /**
     * A new draft with the content of a campaign, without its time, and without a template that is gone.
     *
     * @throws CampaignNotReady if a segment of it is gone: without it the copy would mail other people
     */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:write')")
    public CampaignId copy(CampaignId id) {
        CampaignContent from = require(id).content();
        if (segments.anyGone(CurrentTenant.require(), id)) {
            throw new CampaignNotReady(List.of(t("campaigns.copy_without_segment")));
        }
        TemplateId template = from.template();
        return create(new CampaignContent(
                t("campaigns.copy_of", from.name()),
                template == null || !exists(template) ? null : template,
                from.include(),
                from.exclude(),
                from.topic(),
                null,
                from.missed(),
                from.lateHours(),
                from.exempt()));
    }

    /**
     * Throws a draft away.
     *
     * @throws WrongCampaignState if it is no draft
     */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:write')")
    public void delete(CampaignId id) {
        Campaign campaign = campaigns.require(id);
        campaign.requireDeletable();
        campaigns.delete(campaign);
        audit.record(CampaignDeed.DELETED, id.value(), campaign.name());
    }

    /** Whom such a campaign would reach now, and who would be left out. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public AudienceCount audience(List<SegmentId> include, List<SegmentId> exclude, @Nullable String topic) {
        return audiences.count(CurrentTenant.require(), include, exclude, topic);
    }

    /** Whom such a campaign would reach if it went out at its time, or now. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public AudienceCount audience(CampaignContent content, boolean sendNow) {
        Instant now = Instant.now();
        LocalDateTime planned = sendNow ? null : content.planned();
        Instant at = planned == null
                ? now
                : PlannedTime.of(planned, businesses.current().zone()).at();
        return audiences.count(
                CurrentTenant.require(),
                new Wanted(
                        content.include(),
                        content.exclude(),
                        content.topic(),
                        null,
                        content.exempt(),
                        at.isBefore(now) ? now : at));
    }

    /** Whom this campaign would reach if it went out now; its origin may let in fewer than its segments do. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public AudienceCount audienceNow(CampaignId id) {
        TenantId tenant = CurrentTenant.require();
        Campaign campaign = campaigns.require(id);
        CampaignSegments.Choice choice = segments.of(tenant, id);
        Instant planned = campaign.sendAt();
        Instant now = Instant.now();
        return audiences.count(
                tenant,
                new Wanted(
                        choice.include(),
                        choice.exclude(),
                        campaign.topic(),
                        origins.onlyFor(campaign),
                        campaign.isExempt(),
                        planned == null || planned.isBefore(now) ? now : planned));
    }

    /**
     * What keeps it from being scheduled; empty when it may be.
     *
     * @param id null while it was never saved
     * @param audience as counted just now by {@link #audience}
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public List<CampaignProblem> problems(
            @Nullable CampaignId id, CampaignContent content, AudienceCount audience, boolean sendNow) {
        Business business = businesses.current();
        CampaignPlanner.Origin origin =
                id == null ? null : campaigns.require(id).origin();
        List<CampaignProblem> problems = new ArrayList<>(readiness.ofContent(content, origin, business));
        CampaignSegments.Choice choice = new CampaignSegments.Choice(content.include(), content.exclude());
        problems.addAll(readiness.ofSegments(choice.all(), id != null && isGone(id, choice)));
        problems.addAll(readiness.ofAudience(audience, content));
        if (!sendNow) {
            PlannedTime when = content.planned() == null ? null : PlannedTime.of(content.planned(), business.zone());
            problems.addAll(readiness.ofTime(when, Instant.now()));
        }
        return problems;
    }

    /** Whether a segment was deleted, and the choice of the others is what is left of the choice then. */
    private boolean isGone(CampaignId id, CampaignSegments.Choice choice) {
        TenantId tenant = CurrentTenant.require();
        return segments.anyGone(tenant, id) && segments.of(tenant, id).equals(choice);
    }

    /** What would better be put right before, and keeps it from nothing. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public List<CampaignProblem> warnings() {
        return readiness.ofTrust(businesses.current());
    }

    private boolean exists(TemplateId template) {
        return templates.list().stream().anyMatch(each -> each.id().equals(template));
    }

    private CampaignDetail detail(Campaign campaign) {
        return campaign.detail(segments.of(CurrentTenant.require(), campaign.id()));
    }

    /** Refuses what another tenant owns before the database's foreign keys would. */
    private void requireOwn(CampaignContent content) {
        content.include().forEach(segmentDirectory::require);
        content.exclude().forEach(segmentDirectory::require);
        TemplateId template = content.template();
        if (template != null) {
            templates.require(template);
        }
    }
}
