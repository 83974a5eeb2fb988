package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.PlannedTime;
import java.util.List;
import org.springframework.data.domain.PageRequest;

/** What goes out next. */
class UpcomingCampaigns extends Section {

    private static final int SHOWN = 5;

    private final List<CampaignDetail> next;

    UpcomingCampaigns(CampaignServices services) {
        next = services.desk().upcoming(PageRequest.ofSize(SHOWN));
        addClassName("card");
        UnorderedList list = new UnorderedList();
        list.addClassName("campaign-upcoming");
        next.forEach(campaign -> list.add(line(campaign)));
        add(new H2(t("campaigns.upcoming")), list);
    }

    boolean hasAny() {
        return !next.isEmpty();
    }

    private static ListItem line(CampaignDetail campaign) {
        PlannedTime when = campaign.when();
        Span time = new Span(when == null ? "" : CampaignWords.shortTime(when));
        time.addClassName("campaign-upcoming-time");
        return new ListItem(
                time,
                new RouterLink(
                        CampaignWords.nameOf(campaign),
                        CampaignView.class,
                        new RouteParameters("campaign", campaign.id().toString())));
    }
}
