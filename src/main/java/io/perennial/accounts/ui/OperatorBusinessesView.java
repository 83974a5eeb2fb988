package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.BusinessSize;
import io.perennial.accounts.ConsoleDoor;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Membership;
import io.perennial.accounts.Operator;
import io.perennial.accounts.OperatorBusinesses;
import io.perennial.accounts.OperatorBusinesses.Listed;
import io.perennial.accounts.OperatorBusinesses.Query;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.StepUp;
import io.perennial.kernel.TenantId;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import io.perennial.uikit.WindowWidth;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All businesses of the installation from outside: how big, since when, whether they may work. */
@Route("operator/businesses")
@Menu(title = "accounts.operator.menu", icon = "vaadin:building", order = 205)
@RolesAllowed(Operator.AUTHORITY)
class OperatorBusinessesView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final int NARROW = 600;

    private final transient OperatorBusinesses businesses;
    private final transient OperatorVisits visits;
    private final transient ConsoleDoor door;
    private final transient StepUp proof;
    private final Set<TenantId> own;
    private final TextField search = new TextField();
    private final Checkbox stopped = new Checkbox(t("accounts.operator.only_stopped"));
    private final Paragraph count = new Paragraph();
    private final Grid<Listed> grid = new FittedGrid<>();

    OperatorBusinessesView(OperatorBusinesses businesses, OperatorVisits visits, ConsoleDoor door, StepUp proof) {
        this.businesses = businesses;
        this.visits = visits;
        this.door = door;
        this.proof = proof;
        this.own = CurrentStaff.find()
                .map(staff ->
                        staff.memberships().stream().map(Membership::tenant).collect(Collectors.toSet()))
                .orElse(Set.of());
        addClassNames("page", "operator-businesses");
        search.setPlaceholder(t("accounts.operator.search"));
        search.setAriaLabel(t("accounts.operator.search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(e -> filter(e.isFromClient()));
        stopped.addValueChangeListener(e -> filter(e.isFromClient()));
        Div filters = new Div(search, stopped, count);
        filters.addClassName("operator-filters");
        grid.addColumn(Listed::name)
                .setHeader(t("accounts.name"))
                .setFlexGrow(2)
                .setRowHeader(true);
        List<Grid.Column<Listed>> wideOnly = new ArrayList<>();
        wideOnly.add(grid.addColumn(listed -> Locale.of("", listed.country()).getDisplayCountry(Locale.ENGLISH))
                .setHeader(t("accounts.country")));
        wideOnly.add(grid.addColumn(listed -> Formats.number(listed.people()))
                .setHeader(t("accounts.operator.people"))
                .setTextAlign(ColumnTextAlign.END));
        wideOnly.add(grid.addColumn(listed -> customers(listed.customers()))
                .setHeader(t("accounts.operator.customers"))
                .setTextAlign(ColumnTextAlign.END));
        wideOnly.add(
                grid.addColumn(listed -> Formats.relative(listed.createdAt())).setHeader(t("accounts.operator.since")));
        grid.addComponentColumn(OperatorBusinessesView::state)
                .setHeader(t("accounts.operator.state"))
                .setAutoWidth(true);
        grid.addComponentColumn(this::levers).setHeader("").setAutoWidth(true).setFlexGrow(0);
        grid.addThemeVariants(GridVariant.WRAP_CELL_CONTENT); // a name is read whole on a phone, too
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        WindowWidth.columnsFrom(NARROW, grid, wideOnly);
        add(new PageHead(t("accounts.operator.title"), t("accounts.operator.lead")), filters, grid);
        List<OperatorBusinesses.Removed> removed = businesses.removed();
        if (!removed.isEmpty()) {
            add(removed(removed));
        }
        grid.setItemsPageable(page -> businesses.page(query(), (int) page.getOffset(), page.getPageSize()));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        search.setValue(parameters.getSingleParameter("q").orElse(""));
        stopped.setValue(parameters.getParameters().containsKey("stopped"));
        show();
    }

    private Query query() {
        return new Query(search.getValue(), stopped.getValue());
    }

    private void filter(boolean byPerson) {
        if (!byPerson) {
            return;
        }
        Map<String, String> parameters = new TreeMap<>();
        if (!search.getValue().isBlank()) {
            parameters.put("q", search.getValue());
        }
        if (stopped.getValue()) {
            parameters.put("stopped", "");
        }
        String text = QueryParameters.simple(parameters).getQueryString();
        getUI().ifPresent(ui -> ui.getPage()
                .getHistory()
                .replaceState(null, "operator/businesses" + (text.isEmpty() ? "" : "?" + text)));
        show();
    }

    private void show() {
        count.setText(t("accounts.operator.count", businesses.count(query())));
        grid.getDataProvider().refreshAll();
    }

    private static String customers(int count) {
        return count > BusinessSize.MOST
                ? t("accounts.operator.more_than", Formats.number(BusinessSize.MOST))
                : Formats.number(count);
    }

    private static Component state(Listed listed) {
        if (listed.standing().deleteAt() != null) {
            return new StatusBadge(
                    t(
                            "accounts.operator.closing",
                            Formats.relative(listed.standing().deleteAt())),
                    Tone.ATTENTION);
        }
        if (listed.standing().suspendedAt() != null) {
            StatusBadge badge = new StatusBadge(t("accounts.operator.suspended"), Tone.BAD);
            badge.setTitle(String.valueOf(listed.standing().suspendedReason()));
            return badge;
        }
        return new StatusBadge(t("accounts.operator.working"), Tone.GOOD);
    }

    private Component levers(Listed listed) {
        Div levers = new Div(suspension(listed));
        levers.addClassName("operator-levers");
        if (!own.contains(listed.tenant())) {
            Button enter = new Button(
                    t("accounts.visit.enter_short"), e -> new EnterDialog(visits, door, proof, listed).open());
            enter.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            enter.setAriaLabel(t("accounts.visit.enter_whose", listed.name()));
            levers.addComponentAsFirst(enter);
        }
        return levers;
    }

    private Button suspension(Listed listed) {
        boolean suspended = listed.standing().suspendedAt() != null;
        Button button = new Button(t(suspended ? "accounts.operator.resume" : "accounts.operator.suspend"), e -> {
            if (suspended) {
                businesses.resume(listed.tenant());
                Toasts.success(t("accounts.operator.resumed", listed.name()));
                show();
            } else {
                new SuspendDialog(businesses, listed, this::show).open();
            }
        });
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(
                t(suspended ? "accounts.operator.resume_whose" : "accounts.operator.suspend_whose", listed.name()));
        return button;
    }

    private static Section removed(List<OperatorBusinesses.Removed> removed) {
        H2 title = new H2(t("accounts.operator.removed"));
        title.addClassName("section-title");
        UnorderedList list = new UnorderedList();
        list.addClassNames("card", "operator-list");
        removed.forEach(each -> {
            Span name = new Span(each.name());
            name.addClassName("face-name");
            Span note = new Span(t(
                    "accounts.operator.removed_note",
                    Formats.relative(each.removedAt()),
                    each.rows(),
                    each.people(),
                    each.askedBy() == null ? "–" : each.askedBy()));
            note.addClassName("face-note");
            Div words = new Div(name, note);
            words.addClassName("face-words");
            list.add(new ListItem(words));
        });
        Section section = new Section(title, list);
        section.addClassName("operator-section");
        return section;
    }

    @Override
    public String getPageTitle() {
        return t("accounts.operator.title");
    }
}
