package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every campaign: where it stands, when it goes or went out, how it did. Filter and search are in the address. */
@Route("campaigns")
@Menu(title = "campaigns.menu", icon = "vaadin:paperplane-o", order = 30)
@RolesAllowed(Permission.Names.CAMPAIGN_READ)
class CampaignsView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final CampaignServices services;
    private final TextField search = new TextField();
    private @Nullable CampaignStatus status;

    CampaignsView(CampaignServices services) {
        this.services = services;
        addClassName("page");
        search.setPlaceholder(t("campaigns.search"));
        search.setAriaLabel(t("campaigns.search"));
        search.setClearButtonVisible(true);
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                go(status);
            }
        });
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters query = event.getLocation().getQueryParameters();
        search.setValue(query.getSingleParameter("q").orElse(""));
        status = query.getSingleParameter("status").map(CampaignsView::statusOf).orElse(null);
        show();
    }

    private static @Nullable CampaignStatus statusOf(String text) {
        try {
            return CampaignStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null; // an old or mistyped address shows everything
        }
    }

    private void show() {
        removeAll();
        Button create = new Button(
                t("campaigns.new"),
                VaadinIcon.PLUS.create(),
                e -> UI.getCurrent().navigate("campaigns/new"));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        boolean mayWrite = CurrentStaff.may(Permission.CAMPAIGN_WRITE);
        create.setVisible(mayWrite);
        Map<CampaignStatus, Long> counts = services.desk().counts();
        if (counts.isEmpty()) {
            Button first =
                    new Button(t("campaigns.empty_action"), e -> UI.getCurrent().navigate("campaigns/new"));
            first.addThemeVariants(ButtonVariant.PRIMARY);
            first.setVisible(mayWrite);
            add(
                    new PageHead(t("campaigns.menu"), t("campaigns.lead")),
                    new EmptyState(VaadinIcon.PAPERPLANE_O, t("campaigns.empty_title"), t("campaigns.empty"), first));
            return;
        }
        add(new PageHead(t("campaigns.menu"), t("campaigns.lead"), create));
        UpcomingCampaigns upcoming = new UpcomingCampaigns(services);
        if (status == null && search.isEmpty() && upcoming.hasAny()) {
            add(upcoming);
        }
        Div filters = new Div(
                chip(null, counts.values().stream().mapToLong(Long::longValue).sum()));
        filters.addClassName("campaign-filters");
        filters.getElement().setAttribute("role", "group").setAttribute("aria-label", t("campaigns.filter"));
        for (CampaignStatus each : CampaignStatus.values()) {
            if (counts.containsKey(each) || each == status) {
                filters.add(chip(each, counts.getOrDefault(each, 0L)));
            }
        }
        Div bar = new Div(filters, search);
        bar.addClassName("campaign-bar");
        add(bar, new CampaignGrid(services, status == null ? List.of() : List.of(status), search.getValue()));
    }

    private Button chip(@Nullable CampaignStatus of, long count) {
        Button chip = new Button(
                t("campaigns.filter_chip", of == null ? t("campaigns.filter_all") : of.word(), count), e -> go(of));
        chip.addClassName("campaign-chip");
        chip.addThemeVariants(ButtonVariant.SMALL);
        boolean chosen = of == status;
        chip.setClassName("campaign-chip-chosen", chosen);
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(chosen));
        return chip;
    }

    private void go(@Nullable CampaignStatus wanted) {
        Map<String, String> query = new HashMap<>();
        if (wanted != null) {
            query.put("status", wanted.name().toLowerCase(Locale.ROOT));
        }
        if (!search.isEmpty()) {
            query.put("q", search.getValue());
        }
        UI.getCurrent().navigate(CampaignsView.class, QueryParameters.simple(query));
    }

    @Override
    public String getPageTitle() {
        return t("campaigns.menu");
    }
}
