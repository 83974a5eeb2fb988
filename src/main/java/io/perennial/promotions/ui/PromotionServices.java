package io.perennial.promotions.ui;

import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.content.TemplateDirectory;
import io.perennial.customers.ConsentService;
import io.perennial.promotions.PromotionResults;
import io.perennial.promotions.PromotionTemplates;
import io.perennial.promotions.Promotions;
import io.perennial.segments.SegmentDirectory;
import org.springframework.stereotype.Component;

/** What the pieces of the promotion's page ask. */
@Component
record PromotionServices(
        Promotions promotions,
        PromotionResults results,
        PromotionTemplates readyMade,
        SegmentDirectory segments,
        TemplateDirectory templates,
        ConsentService consent,
        CampaignDesk campaigns,
        Businesses businesses,
        Backstage backstage) {}
