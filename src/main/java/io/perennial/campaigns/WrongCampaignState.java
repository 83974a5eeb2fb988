package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

/** A deed that a campaign's state does not allow; the message says so in words. */
public class WrongCampaignState extends IllegalStateException {

    private final CampaignStatus status;

    WrongCampaignState(String deed, CampaignStatus status) {
        super(t("campaigns.refused." + deed, status.word()));
        this.status = status;
    }

    public CampaignStatus status() {
        return status;
    }
}
