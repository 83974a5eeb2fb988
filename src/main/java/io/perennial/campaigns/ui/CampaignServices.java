package io.perennial.campaigns.ui;

import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignPreviews;
import io.perennial.campaigns.CampaignReports;
import io.perennial.campaigns.PlannedTime;
import io.perennial.content.TemplateDirectory;
import io.perennial.customers.ConsentService;
import io.perennial.delivery.ContactRules;
import io.perennial.delivery.SendingOutlook;
import io.perennial.segments.SegmentDirectory;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What the campaigns' pages work with, handed down to their parts as one. */
@Component
record CampaignServices(
        CampaignDesk desk,
        CampaignControl control,
        CampaignReports reports,
        CampaignPreviews previews,
        ConsentService consent,
        SegmentDirectory segments,
        TemplateDirectory templates,
        Businesses businesses,
        ContactRules contacts,
        SendingOutlook outlook,
        Backstage backstage) {

    /** What is to be expected of sending such a campaign. */
    PaceNotice.Outlook outlook(AudienceCount audience, CampaignContent content, boolean now) {
        Instant at = now || content.planned() == null
                ? Instant.now()
                : PlannedTime.of(content.planned(), businesses.current().zone()).at();
        return audience.mailed() == 0 ? PaceNotice.Outlook.NONE : PaceNotice.Outlook.of(outlook, audience.mailed(), at);
    }
}
