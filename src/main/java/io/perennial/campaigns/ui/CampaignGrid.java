package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.campaigns.PlannedTime;
import io.perennial.delivery.RunProgress;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Campaigns, newest first; a row opens its page. On a phone one column says the essentials. */
class CampaignGrid extends FittedGrid<CampaignGrid.Row> {

    private static final int NARROW = 600;

    /**
     * A campaign with how far it is.
     *
     * @param progress empty before its launch
     */
    record Row(CampaignDetail campaign, @Nullable RunProgress progress) {}

    private final List<Column<Row>> wideOnly;
    private final ZoneId zone;

    CampaignGrid(CampaignServices services, List<CampaignStatus> statuses, String search) {
        zone = services.businesses().current().zone();
        addClassName("campaign-grid");
        addThemeVariants(GridVariant.NO_BORDER);
        setSelectionMode(SelectionMode.NONE);
        addComponentColumn(this::name)
                .setHeader(t("campaigns.column.name"))
                .setFlexGrow(3)
                .setAutoWidth(true);
        wideOnly = List.of(
                addComponentColumn(row -> CampaignWords.badge(row.campaign().status(), row.progress()))
                        .setHeader(t("campaigns.column.status"))
                        .setAutoWidth(true),
                addColumn(row -> when(row.campaign()))
                        .setHeader(t("campaigns.column.when"))
                        .setTooltipGenerator(row -> exactly(row.campaign()))
                        .setAutoWidth(true),
                figure("audience", row -> audience(row.campaign())),
                figure(
                        "sent",
                        row -> row.progress() == null
                                ? Formats.NONE
                                : Formats.number(row.progress().sent())),
                figure("opened", row -> share(row, true)),
                figure("clicked", row -> share(row, false)));
        setItemsPageable(page -> services.desk().find(statuses, search, page).stream()
                .map(campaign -> new Row(
                        campaign, services.reports().progress(campaign.id()).orElse(null)))
                .toList());
        setEmptyStateText(t("campaigns.none_found"));
        addItemClickListener(e -> open(e.getItem().campaign()));
    }

    private Column<Row> figure(String name, com.vaadin.flow.function.ValueProvider<Row, String> value) {
        return addColumn(value)
                .setHeader(t("campaigns.column." + name))
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true)
                .setFlexGrow(0);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        fit(event.getUI().getPage().getExtendedClientDetails().getBodyClientWidth());
        var resizing = event.getUI().getPage().addBrowserWindowResizeListener(e -> fit(e.getWidth()));
        addDetachListener(e -> {
            e.unregisterListener();
            resizing.remove();
        });
    }

    private void fit(int width) {
        wideOnly.forEach(column -> column.setVisible(width >= NARROW));
        setClassName("campaign-grid-narrow", width < NARROW);
    }

    private Div name(Row row) {
        RouterLink link = new RouterLink(
                CampaignWords.nameOf(row.campaign()),
                CampaignView.class,
                new RouteParameters("campaign", row.campaign().id().toString()));
        // Shown by the stylesheet only where the other columns are not.
        Span essentials = new Span(CampaignWords.badge(row.campaign().status(), row.progress()));
        if (row.campaign().launchedAt() != null || row.campaign().when() != null) {
            essentials.add(new Span(when(row.campaign())));
        }
        if (row.progress() != null) {
            essentials.add(new Span(t("campaigns.column.sent") + " "
                    + Formats.number(row.progress().sent())));
        }
        essentials.addClassName("campaign-essentials");
        Div cell = new Div(link, essentials);
        cell.addClassName("campaign-name");
        return cell;
    }

    private static String share(Row row, boolean opens) {
        RunProgress progress = row.progress();
        if (progress == null || progress.sent() == 0) {
            return Formats.NONE;
        }
        return Formats.percent(
                (double) (opens ? progress.uniqueOpens() : progress.uniqueClicks()) / progress.sent(), 1);
    }

    private static String audience(CampaignDetail campaign) {
        AudienceCount audience = campaign.audience();
        return audience == null ? Formats.NONE : Formats.number(audience.mailed());
    }

    private String when(CampaignDetail campaign) {
        if (campaign.launchedAt() != null) {
            return Formats.relative(campaign.launchedAt());
        }
        PlannedTime when = campaign.when();
        return when == null ? Formats.NONE : CampaignWords.shortTime(when);
    }

    private String exactly(CampaignDetail campaign) {
        if (campaign.launchedAt() != null) {
            return Formats.dateTime(campaign.launchedAt(), Reader.zone(zone));
        }
        PlannedTime when = campaign.when();
        return when == null ? "" : Formats.dateTime(when.at(), zone);
    }

    private static void open(CampaignDetail campaign) {
        UI.getCurrent()
                .navigate(
                        CampaignView.class,
                        new RouteParameters("campaign", campaign.id().toString()));
    }
}
