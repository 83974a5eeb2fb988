package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.content.TemplateId;
import io.perennial.customers.ConsentTopic;
import io.perennial.segments.SegmentId;
import io.perennial.uikit.EmptyState;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongFunction;

/** One campaign: the editor while it is a draft, afterwards how it goes and went. */
@Route("campaigns/:campaign")
@RolesAllowed(Permission.Names.CAMPAIGN_READ)
class CampaignView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final CampaignServices services;
    private String title = t("campaigns.menu");

    CampaignView(CampaignServices services) {
        this.services = services;
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("campaign").orElse("new");
        try {
            if (wanted.equals("new")) {
                begin(event.getLocation().getQueryParameters());
            } else {
                open(new CampaignId(Long.parseLong(wanted)));
            }
        } catch (NoSuchElementException | NumberFormatException e) {
            Button back =
                    new Button(t("campaigns.back"), click -> UI.getCurrent().navigate(CampaignsView.class));
            show(
                    t("campaigns.not_found_title"),
                    new EmptyState(
                            VaadinIcon.PAPERPLANE_O, t("campaigns.not_found_title"), t("campaigns.not_found"), back));
        }
    }

    private void begin(QueryParameters query) {
        if (!CurrentStaff.may(Permission.CAMPAIGN_WRITE)) {
            show(
                    t("campaigns.new"),
                    new EmptyState(VaadinIcon.LOCK, t("campaigns.may_not_title"), t("campaigns.may_not")));
            return;
        }
        CampaignContent blank = CampaignContent.blank();
        // Only what exists here: an address may come from anywhere.
        List<SegmentId> include = query.getParameters("segment").stream()
                .flatMap(text -> existing(
                        text,
                        id -> services.segments().require(new SegmentId(id)).id())
                        .stream())
                .toList();
        TemplateId template = query.getSingleParameter("template")
                .flatMap(text -> existing(
                        text,
                        id -> services.templates().require(new TemplateId(id)).id()))
                .orElse(null);
        String topic = services.consent().topics().stream()
                .findFirst()
                .map(ConsentTopic::code)
                .orElse(null);
        show(
                t("campaigns.new"),
                new CampaignEditor(
                        services,
                        null,
                        new CampaignContent(
                                "", template, include, List.of(), topic, null, blank.missed(), blank.lateHours()),
                        this::open));
    }

    private static <T> Optional<T> existing(String id, LongFunction<T> look) {
        try {
            return Optional.of(look.apply(Long.parseLong(id)));
        } catch (NumberFormatException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** Shows a campaign as it stands now. */
    private void open(CampaignId id) {
        CampaignDetail campaign = services.desk().require(id);
        boolean edits = campaign.status() == CampaignStatus.DRAFT && CurrentStaff.may(Permission.CAMPAIGN_WRITE);
        show(
                CampaignWords.nameOf(campaign),
                edits
                        ? new CampaignEditor(services, id, campaign.content(), this::open)
                        : new CampaignProgressPage(services, campaign, this::open));
    }

    private void show(String pageTitle, Component content) {
        title = pageTitle;
        removeAll();
        add(content);
        getUI().ifPresent(ui -> ui.getPage().setTitle(pageTitle));
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
