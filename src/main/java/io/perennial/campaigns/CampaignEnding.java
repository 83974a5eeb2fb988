package io.perennial.campaigns;

import io.perennial.delivery.RunFinished;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hears from delivery that a run is over, within delivery's own transaction. */
@Component
class CampaignEnding {

    private final Campaigns campaigns;
    private final ApplicationEventPublisher events;
    private final Happenings happenings;

    CampaignEnding(Campaigns campaigns, ApplicationEventPublisher events, Happenings happenings) {
        this.happenings = happenings;
        this.campaigns = campaigns;
        this.events = events;
    }

    @EventListener
    @Transactional
    public void on(RunFinished finished) {
        if (!finished.composer().equals(CampaignComposer.KIND)) {
            return;
        }
        CampaignId id = new CampaignId(finished.reference());
        campaigns.findById(id.value()).ifPresent(campaign -> {
            if (campaign.finish(Instant.now().truncatedTo(ChronoUnit.MICROS))) {
                events.publishEvent(new CampaignFinished(finished.tenant(), id));
                happenings.tell(
                        finished.tenant(),
                        EventType.CAMPAIGN_FINISHED,
                        () -> new EventData.Campaign(id.toString(), null));
            }
        });
    }
}
