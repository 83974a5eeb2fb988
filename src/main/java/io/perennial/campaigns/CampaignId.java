package io.perennial.campaigns;

/** Identity of a campaign within its business. */
public record CampaignId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
