package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Permission;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.util.List;
import java.util.Locale;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Finds campaigns by any part of their name, the newest first. */
@Component
class CampaignsInSearch implements SearchContribution {

    private final CampaignDesk desk;

    CampaignsInSearch(CampaignDesk desk) {
        this.desk = desk;
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public String heading() {
        return t("campaigns.menu");
    }

    @Override
    public List<SearchPlace> places() {
        return List.of(new SearchPlace(t("campaigns.new"), "campaigns/new", Permission.Names.CAMPAIGN_WRITE));
    }

    @Override
    public List<SearchHit> find(String text, int limit) {
        return desk.find(List.of(), text, PageRequest.ofSize(limit)).stream()
                .map(campaign -> new SearchHit(
                        campaign.content().name(),
                        t("campaigns.status." + campaign.status().name().toLowerCase(Locale.ROOT)),
                        "campaigns/" + campaign.id()))
                .toList();
    }
}
