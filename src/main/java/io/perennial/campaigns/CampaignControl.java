package io.perennial.campaigns;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignAudience.Wanted;
import io.perennial.campaigns.Occurrences.Due;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.delivery.DoubtChoice;
import io.perennial.delivery.Doubts;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Schedules, sends, pauses and ends campaigns. Sending itself is asked of Quartz, also "now": the page answers at
 * once, and there is one way only in which a campaign starts.
 */
@Service
public class CampaignControl implements CampaignPlanner {

    private final Campaigns campaigns;
    private final CampaignLock lock;
    private final CampaignDesk desk;
    private final CampaignSegments segments;
    private final CampaignAudience audiences;
    private final CampaignReadiness readiness;
    private final FrozenContents contents;
    private final CampaignTriggers triggers;
    private final Businesses businesses;
    private final TemplateDirectory templates;
    private final Outbox outbox;
    private final Doubts doubts;
    private final AuditLog audit;

    CampaignControl(
            Campaigns campaigns,
            CampaignLock lock,
            CampaignDesk desk,
            CampaignSegments segments,
            CampaignAudience audiences,
            CampaignReadiness readiness,
            FrozenContents contents,
            CampaignTriggers triggers,
            Businesses businesses,
            TemplateDirectory templates,
            Outbox outbox,
            Doubts doubts,
            AuditLog audit) {
        this.campaigns = campaigns;
        this.lock = lock;
        this.desk = desk;
        this.segments = segments;
        this.audiences = audiences;
        this.readiness = readiness;
        this.contents = contents;
        this.triggers = triggers;
        this.businesses = businesses;
        this.templates = templates;
        this.outbox = outbox;
        this.doubts = doubts;
        this.audit = audit;
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:write')")
    public CampaignId draft(Plan plan) {
        CampaignContent blank = CampaignContent.blank();
        return desk.create(
                new CampaignContent(
                        plan.name(),
                        plan.template(),
                        plan.include(),
                        plan.exclude(),
                        plan.topic(),
                        null,
                        blank.missed(),
                        blank.lateHours()),
                plan.origin());
    }

    /** Schedules a draft, or plans a scheduled one anew; the template is frozen as it is now. */
    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void schedule(CampaignId id, LocalDateTime when) {
        Business business = businesses.current();
        PlannedTime planned = PlannedTime.of(when.truncatedTo(ChronoUnit.MINUTES), business.zone());
        plan(id, planned, business, readiness.ofTime(planned, Instant.now()));
    }

    /**
     * Lets it start within seconds.
     *
     * @throws CampaignNotReady if something is missing, with what to do
     */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void sendNow(CampaignId id) {
        Business business = businesses.current();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        plan(id, PlannedTime.at(now, business.zone()), business, List.of());
    }

    private void plan(CampaignId id, PlannedTime when, Business business, List<CampaignProblem> timeProblems) {
        TenantId tenant = CurrentTenant.require();
        lock.take(tenant, id);
        Campaign campaign = campaigns.require(id);
        CampaignSegments.Choice choice = segments.of(tenant, id);
        CampaignContent content = campaign.detail(choice).content();
        campaign.scheduleFor(when, Author.now());
        List<CampaignProblem> problems = new ArrayList<>(readiness.ofContent(content, campaign.origin(), business));
        problems.addAll(readiness.ofSegments(choice.all(), segments.anyGone(tenant, id)));
        problems.addAll(readiness.ofAudience(
                audiences.count(
                        tenant,
                        new Wanted(
                                content.include(),
                                content.exclude(),
                                content.topic(),
                                null,
                                content.exempt(),
                                when.at())),
                content));
        problems.addAll(timeProblems);
        TemplateId template = content.template();
        if (!problems.isEmpty() || template == null) {
            throw new CampaignNotReady(
                    problems.stream().map(CampaignProblem::message).toList());
        }
        contents.freeze(tenant, id, template, templates.snapshot(template), Instant.now());
        campaigns.flush();
        audit.record(
                CampaignDeed.SCHEDULED,
                id.value(),
                campaign.name(),
                AuditChanges.none()
                        .and(
                                "campaigns.deed.time",
                                null,
                                when.actual().toLocalDate() + " "
                                        + when.actual().toLocalTime() + " " + when.zone()));
        triggers.arm(new Due(tenant, id, when.at()));
    }

    /** Makes a scheduled or missed campaign a draft again; it is not sent until scheduled anew. */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:write')")
    public void backToDraft(CampaignId id) {
        lock.take(CurrentTenant.require(), id);
        Campaign campaign = campaigns.require(id);
        campaign.backToDraft(Author.now());
        campaigns.flush();
        audit.record(CampaignDeed.BACK_TO_DRAFT, id.value(), campaign.name());
        triggers.disarm(CurrentTenant.require(), id);
    }

    /** Stops handing out mails; those being transmitted end. */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void pause(CampaignId id) {
        Campaign campaign = behindItsRun(id, outbox::pause, CampaignStatus.SENDING);
        campaign.pause(Author.now());
        audit.record(CampaignDeed.PAUSED, id.value(), campaign.name());
    }

    /** Goes on, after a person's pause or after one that delivery made because of the mail server. */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void resume(CampaignId id) {
        Campaign campaign = behindItsRun(id, outbox::resume, CampaignStatus.PAUSED, CampaignStatus.SENDING);
        if (campaign.status() != CampaignStatus.SENDING) {
            campaign.resume(Author.now());
        }
        audit.record(CampaignDeed.RESUMED, id.value(), campaign.name());
    }

    /**
     * Decides about the mails in doubt.
     *
     * @return how many there were
     * @throws WrongCampaignState if they are to be sent again and the campaign was cancelled
     */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public long settleDoubt(CampaignId id, DoubtChoice choice) {
        Campaign campaign = campaigns.require(id);
        RunId run = campaign.run().orElseThrow(() -> new NoSuchElementException("Campaign " + id + " was not sent"));
        if (choice == DoubtChoice.SEND_AGAIN && campaign.status() == CampaignStatus.CANCELLED) {
            throw new WrongCampaignState("send_again", campaign.status());
        }
        long settled = doubts.settle(run, choice);
        if (settled > 0 && choice == DoubtChoice.SEND_AGAIN) {
            campaign.sendsAgain(Author.now());
        }
        if (settled > 0) {
            audit.record(
                    choice == DoubtChoice.SEND_AGAIN
                            ? CampaignDeed.DOUBT_SENT_AGAIN
                            : CampaignDeed.DOUBT_COUNTED_AS_SENT,
                    id.value(),
                    campaign.name(),
                    AuditChanges.none().and("campaigns.deed.mails", null, settled));
        }
        return settled;
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void cancel(CampaignId id) {
        Campaign campaign = behindItsRun(id, outbox::cancel, CampaignStatus.SENDING, CampaignStatus.PAUSED);
        if (campaign.status().isOver()) {
            return;
        }
        campaign.cancel(Author.now());
        audit.record(CampaignDeed.CANCELLED, id.value(), campaign.name());
        campaigns.flush();
        triggers.disarm(CurrentTenant.require(), id);
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public List<CampaignId> of(Origin origin) {
        return campaigns.ofOrigin(origin.kind(), origin.reference()).stream()
                .map(Campaign::id)
                .toList();
    }

    /**
     * Acts on the run first and writes the campaign second: delivery, ending a run, takes them in this order too, and
     * two orders would be a deadlock. The campaign's version is checked when it is written.
     */
    private Campaign behindItsRun(CampaignId id, Consumer<RunId> deed, CampaignStatus... when) {
        Campaign campaign = campaigns.require(id);
        if (List.of(when).contains(campaign.status())) {
            campaign.run().ifPresent(deed);
        }
        return campaign;
    }
}
