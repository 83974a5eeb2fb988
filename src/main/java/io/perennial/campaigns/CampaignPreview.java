package io.perennial.campaigns;

import org.jspecify.annotations.Nullable;

/**
 * The mail as one customer of the audience would get it now.
 *
 * @param customer whose; empty when the audience has nobody
 * @param html the whole document; empty where {@code problem} says why there is none
 */
public record CampaignPreview(
        @Nullable String customer,
        String subject,
        @Nullable String html,
        @Nullable String problem) {}
