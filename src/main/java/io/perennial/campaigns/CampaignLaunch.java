package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Business;
import io.perennial.accounts.BusinessStandings;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignAudience.Wanted;
import io.perennial.campaigns.Occurrences.Due;
import io.perennial.campaigns.Occurrences.Outcome;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunId;
import io.perennial.delivery.RunSpec;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.uikit.Formats;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens when a campaign's time has come. Called by Quartz, by the recovery, by several nodes at once: the
 * campaign's row is locked, its occurrence claimed, its audience frozen and its run released in one transaction, so it
 * all happens once or not at all.
 */
@Component
class CampaignLaunch {

    /** Later than this is late: up to here it is a start after a pause of breath, a restart for instance. */
    static final Duration ON_TIME = Duration.ofMinutes(15);

    /** A node's clock may be ahead of the database's by this much without the campaign waiting for the recovery. */
    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(CampaignLaunch.class);

    private final Campaigns campaigns;
    private final CampaignLock lock;
    private final CampaignSegments segments;
    private final CampaignAudience audiences;
    private final CampaignReadiness readiness;
    private final Occurrences occurrences;
    private final Businesses businesses;
    private final BusinessStandings standings;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final CampaignOrigins origins;
    private final Happenings happenings;

    CampaignLaunch(
            Campaigns campaigns,
            CampaignLock lock,
            CampaignSegments segments,
            CampaignAudience audiences,
            CampaignReadiness readiness,
            Occurrences occurrences,
            Businesses businesses,
            BusinessStandings standings,
            Outbox outbox,
            ApplicationEventPublisher events,
            CampaignOrigins origins,
            Happenings happenings) {
        this.happenings = happenings;
        this.campaigns = campaigns;
        this.lock = lock;
        this.segments = segments;
        this.audiences = audiences;
        this.readiness = readiness;
        this.occurrences = occurrences;
        this.businesses = businesses;
        this.standings = standings;
        this.outbox = outbox;
        this.events = events;
        this.origins = origins;
    }

    /** Acts on an occurrence, unless that was done, it was planned anew, or its time has not come. */
    @Transactional
    public void comeDue(Due due) {
        if (!due.tenant().equals(CurrentTenant.require())) {
            throw new IllegalArgumentException("An occurrence of another tenant");
        }
        if (!standings.isAtWork(due.tenant())) {
            log.debug("Campaign {} waits: its business is suspended", due.campaign()); // then the missed policy decides
            return;
        }
        lock.take(due.tenant(), due.campaign());
        Campaign campaign = campaigns.findById(due.campaign().value()).orElse(null);
        if (campaign == null
                || campaign.status() != CampaignStatus.SCHEDULED
                || !due.plannedAt().equals(campaign.sendAt())) {
            log.debug("Nothing to do for campaign {}: it is over, gone or planned anew", due.campaign());
            return;
        }
        Instant now = occurrences.databaseTime();
        Duration late = Duration.between(due.plannedAt(), now);
        if (late.compareTo(CLOCK_DRIFT.negated()) < 0) {
            log.warn("Woken {} before campaign {}: this node's clock is ahead", late.negated(), due.campaign());
            return;
        }
        Business business = businesses.require(due.tenant());
        if (late.compareTo(allowed(campaign)) > 0) {
            tooLate(campaign, due, business, now);
        } else {
            launch(campaign, due, business, now);
        }
    }

    private static Duration allowed(Campaign campaign) {
        return campaign.missedPolicy() == MissedPolicy.SEND_LATE ? Duration.ofHours(campaign.lateHours()) : ON_TIME;
    }

    private void tooLate(Campaign campaign, Due due, Business business, Instant now) {
        String planned = Formats.dateTime(due.plannedAt(), business.zone());
        if (campaign.missedPolicy() == MissedPolicy.SKIP) {
            if (occurrences.claim(due, Outcome.SKIPPED)) {
                campaign.skipped(t("campaigns.note.skipped", planned, Formats.dateTime(now, business.zone())), now);
            }
        } else if (occurrences.claim(due, Outcome.ASKED)) {
            campaign.missed(t("campaigns.note.missed", planned, Formats.dateTime(now, business.zone())));
        }
    }

    private void launch(Campaign campaign, Due due, Business business, Instant now) {
        List<CampaignProblem> problems = readiness.ofSender(business);
        if (!problems.isEmpty()) {
            if (occurrences.claim(due, Outcome.ASKED)) {
                campaign.missed(
                        t("campaigns.note.not_ready", problems.getFirst().message()));
            }
            return;
        }
        CampaignSegments.Choice choice = segments.of(due.tenant(), due.campaign());
        SqlFragment only = origins.onlyFor(campaign);
        Wanted wanted =
                new Wanted(choice.include(), choice.exclude(), campaign.topic(), only, campaign.isExempt(), now);
        AudienceCount counted = audiences.count(due.tenant(), wanted);
        if (counted.mailed() == 0) {
            if (occurrences.claim(due, Outcome.EMPTY)) {
                campaign.launchedToNobody(counted, t("campaigns.note.nobody"), now);
                events.publishEvent(new CampaignFinished(due.tenant(), due.campaign()));
                tell(EventType.CAMPAIGN_FINISHED, due, 0);
            }
            return;
        }
        if (!occurrences.claim(due, Outcome.LAUNCHED)) {
            log.info("Campaign {} was launched by somebody else", due.campaign());
            return;
        }
        RunId run = outbox.open(specOf(campaign, business));
        long queued = outbox.enqueue(run, audiences.mailed(due.tenant(), wanted));
        campaign.launched(run, counted.withMailed(queued), now);
        outbox.release(run);
        tell(EventType.CAMPAIGN_STARTED, due, queued);
        log.info("Campaign {} of tenant {} launched to {} customers", due.campaign(), due.tenant(), queued);
    }

    private void tell(EventType type, Due due, long recipients) {
        happenings.tell(
                due.tenant(), type, () -> new EventData.Campaign(due.campaign().toString(), recipients));
    }

    private static RunSpec specOf(Campaign campaign, Business business) {
        String sender = business.senderEmail();
        if (sender == null) {
            throw new IllegalStateException("Checked before: the business has a sender");
        }
        String name = business.senderName();
        String replyTo = business.replyTo();
        return new RunSpec(
                CampaignComposer.KIND,
                campaign.id().value(),
                campaign.name(),
                name == null || name.isBlank() ? business.name() : name,
                new EmailAddress(sender),
                replyTo == null ? null : EmailAddress.parse(replyTo).orElse(null),
                campaign.topic(),
                campaign.isExempt());
    }
}
