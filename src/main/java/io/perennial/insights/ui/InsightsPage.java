package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.insights.Insights;
import io.perennial.insights.RunStatus;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frame of each page of insights: its head with the age of the figures, the way to its neighbours, and the states
 * before there are figures. Watches a computation under way and shows its result when it is there.
 */
abstract class InsightsPage extends Main implements HasDynamicTitle {

    private static final int POLL_MILLIS = 1_500;

    private final String key;
    private final Insights insights;
    private final Business business;
    private @Nullable Registration polling;

    /**
     * @param key of its texts: {@code insights.<key>.title} and {@code .lead}
     */
    InsightsPage(String key, Insights insights, Businesses businesses) {
        this.key = key;
        this.insights = insights;
        this.business = businesses.current();
        addClassNames("page", "insights-page");
    }

    /** The page's own parts, now that there are figures. */
    abstract void fill(Insights.Latest latest);

    /** What the page offers to do, shown at the right of its title; the primary action last. */
    Component[] actions() {
        return new Component[0];
    }

    Business business() {
        return business;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        show(event.getUI());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        stopWatching(event.getUI());
    }

    @Override
    public String getPageTitle() {
        return t("insights." + key + ".title");
    }

    private void show(UI ui) {
        removeAll();
        Optional<Insights.Latest> latest = insights.latest();
        Optional<RunStatus> status = insights.status();
        boolean underWay = status.map(RunStatus::underWay).orElse(false);
        add(head(latest, underWay), navigation());
        if (latest.isPresent()) {
            notices(latest.get(), status);
            fill(latest.get());
        } else if (underWay) {
            Div skeleton = new Div();
            skeleton.addClassName("insights-skeleton");
            add(new EmptyState(VaadinIcon.HOURGLASS, t("insights.computing"), t("insights.computing_hint")), skeleton);
        } else {
            add(nothingYet());
        }
        if (underWay) {
            watch(ui);
        }
    }

    private PageHead head(Optional<Insights.Latest> latest, boolean underWay) {
        Button again = new Button(
                underWay ? t("insights.computing") : t("insights.recompute"), VaadinIcon.REFRESH.create(), e -> {
                    insights.recompute();
                    e.getSource().getUI().ifPresent(this::show);
                });
        again.addThemeVariants(ButtonVariant.TERTIARY);
        again.setEnabled(!underWay);
        Component[] own = latest.isPresent() ? actions() : new Component[0];
        Component[] all = new Component[own.length + 1];
        all[0] = again;
        System.arraycopy(own, 0, all, 1, own.length);
        String standing = latest.map(l -> t("insights.computed", Formats.relative(l.computedAt())))
                .orElse("");
        return new PageHead(getPageTitle(), (t("insights." + key + ".lead") + " " + standing).strip(), all);
    }

    private Nav navigation() {
        Nav nav = new Nav();
        nav.addClassName("sub-nav");
        nav.getElement().setAttribute("aria-label", t("insights.pages"));
        Map<String, Class<? extends Component>> pages = new LinkedHashMap<>();
        pages.put("overview", OverviewView.class);
        pages.put("cohorts", CohortsView.class);
        pages.put("rfm", RfmView.class);
        pages.put("forecast", ForecastView.class);
        pages.put("at_risk", AtRiskView.class);
        pages.forEach((name, view) -> {
            RouterLink link = new RouterLink(t("insights." + name + ".tab"), view);
            if (view == getClass()) {
                link.getElement().setAttribute("aria-current", "page");
                // On a phone the row scrolls: begin where the reader is.
                link.getElement().executeJs("this.parentElement.scrollLeft = this.offsetLeft - 48");
            }
            nav.add(link);
        });
        return nav;
    }

    private void notices(Insights.Latest latest, Optional<RunStatus> status) {
        if (latest.snapshot().stale()) {
            add(notice(
                    "tone-attention",
                    t("insights.stale", Formats.date(latest.snapshot().lastOrder()))));
        }
        if (status.map(RunStatus::failure).isPresent()) {
            add(notice("tone-bad", t("insights.failed")));
        }
    }

    static Div notice(String tone, String text) {
        Div notice = new Div(text);
        notice.addClassNames("insights-notice", tone);
        notice.getElement().setAttribute("role", "status");
        return notice;
    }

    private EmptyState nothingYet() {
        Anchor importing = new Anchor("customers/import", t("insights.empty_action"));
        importing.addClassNames("button-link", "primary");
        return new EmptyState(
                VaadinIcon.LINE_BAR_CHART, t("insights.empty_title"), t("insights.empty_text"), importing);
    }

    private void watch(UI ui) {
        if (polling == null) {
            ui.setPollInterval(POLL_MILLIS);
            polling = ui.addPollListener(e -> {
                if (!insights.status().map(RunStatus::underWay).orElse(false)) {
                    stopWatching(ui);
                    show(ui);
                }
            });
        }
    }

    private void stopWatching(UI ui) {
        if (polling != null) {
            polling.remove();
            polling = null;
            ui.setPollInterval(-1);
        }
    }
}
