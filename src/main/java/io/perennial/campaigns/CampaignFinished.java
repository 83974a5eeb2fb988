package io.perennial.campaigns;

import io.perennial.kernel.TenantId;

/** All mails of a campaign are out (or given up). */
public record CampaignFinished(TenantId tenant, CampaignId campaign) {}
