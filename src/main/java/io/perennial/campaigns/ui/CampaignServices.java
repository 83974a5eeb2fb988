package io.perennial.campaigns.ui;

import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignPreviews;
import io.perennial.campaigns.CampaignReports;
import io.perennial.content.TemplateDirectory;
import io.perennial.customers.ConsentService;
import io.perennial.segments.SegmentDirectory;
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
        Backstage backstage) {}
