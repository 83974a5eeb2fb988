package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.SuppressedAddress;
import io.perennial.customers.SuppressionList;
import io.perennial.customers.SuppressionQuery;
import io.perennial.customers.SuppressionReason;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import io.perennial.uikit.WindowWidth;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses that are never mailed, why and since when; added to by hand, lifted with a reason. */
@Route("customers/suppressed")
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class SuppressedView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private static final int NARROW = 700;

    private final transient SuppressionList list;
    private final ZoneId zone;
    private final Grid<SuppressedAddress> grid = new FittedGrid<>();
    private final TextField search = new TextField();
    private final Select<SuppressionReason> reason = new Select<>();
    private final Span count = new Span();
    private final EmptyState none =
            new EmptyState(VaadinIcon.ENVELOPE_O, t("privacy.suppressed.none"), t("privacy.suppressed.none_hint"));
    private transient SuppressionQuery query = SuppressionQuery.ALL;

    SuppressedView(SuppressionList list, Businesses businesses) {
        this.list = list;
        this.zone = Reader.zone(businesses.current().zone());
        addClassName("page");
        add(new PageHead(t("privacy.suppressed.title"), t("privacy.suppressed.lead"), actions()));
        search.setPlaceholder(t("privacy.suppressed.search"));
        search.setAriaLabel(t("privacy.suppressed.search"));
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        reason.setItems(Arrays.asList(SuppressionReason.values()));
        reason.setEmptySelectionAllowed(true);
        reason.setEmptySelectionCaption(t("privacy.suppressed.any_reason"));
        reason.setItemLabelGenerator(r -> r == null ? t("privacy.suppressed.any_reason") : words(r));
        reason.setAriaLabel(t("privacy.suppressed.reason"));
        search.addValueChangeListener(e -> changed());
        reason.addValueChangeListener(e -> changed());
        Div filters = new Div(search, reason);
        filters.addClassName("suppressed-filters");
        count.addClassName("list-count");
        count.getElement().setAttribute("aria-live", "polite");
        grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        grid.addClassName("tall-grid");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(this::who)
                .setHeader(t("privacy.suppressed.address"))
                .setFlexGrow(2);
        grid.addComponentColumn(e -> new StatusBadge(words(e.reason()), tone(e.reason())))
                .setHeader(t("privacy.suppressed.reason"))
                .setAutoWidth(true)
                .setFlexGrow(0);
        WindowWidth.columnsFrom(
                NARROW,
                grid,
                List.of(
                        grid.addColumn(e -> e.evidence() == null ? Formats.NONE : e.evidence())
                                .setHeader(t("privacy.suppressed.evidence"))
                                .setFlexGrow(3),
                        grid.addColumn(e -> Formats.dateTime(e.at(), zone))
                                .setHeader(t("privacy.suppressed.since"))
                                .setAutoWidth(true)
                                .setFlexGrow(0)));
        if (CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            grid.addComponentColumn(this::lift)
                    .setHeader(t("privacy.suppressed.actions"))
                    .setAutoWidth(true)
                    .setFlexGrow(0);
        }
        grid.setItemsPageable(page -> list.list(query, page.getOffset(), page.getPageSize()));
        add(CustomersNav.of("customers/suppressed"), filters, count, grid, none);
    }

    private Component[] actions() {
        if (!CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            return new Component[0];
        }
        Button add = new Button(t("privacy.suppressed.add"), e -> new SuppressDialog(list, this::show).open());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        return new Component[] {add};
    }

    static String words(SuppressionReason reason) {
        return t("privacy.reason." + reason.name().toLowerCase(Locale.ROOT));
    }

    private static Tone tone(SuppressionReason reason) {
        return switch (reason) {
            case COMPLAINED -> Tone.BAD;
            case BOUNCED -> Tone.ATTENTION;
            default -> Tone.NEUTRAL;
        };
    }

    private Component who(SuppressedAddress entry) {
        String address = entry.email() == null ? t("privacy.suppressed.hashed") : entry.email();
        return entry.customer() == null
                ? new Span(address)
                : new RouterLink(address, CustomerView.class, CustomerView.parameters(entry.customer()));
    }

    private Component lift(SuppressedAddress entry) {
        if (entry.email() == null
                || (SuppressionList.isGrave(entry.reason()) && !CurrentStaff.may(Permission.SETTINGS_WRITE))) {
            return new Span();
        }
        Button lift = new Button(t("privacy.suppressed.lift"), e -> new LiftDialog(list, entry, this::show).open());
        lift.addThemeVariants(ButtonVariant.TERTIARY);
        lift.setAriaLabel(t("privacy.suppressed.lift_of", entry.email()));
        return lift;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        query = new SuppressionQuery(
                parameters.getSingleParameter("q").orElse(null),
                parameters
                        .getSingleParameter("reason")
                        .map(SuppressedView::reasonOf)
                        .orElse(null));
        search.setValue(query.text() == null ? "" : query.text());
        reason.setValue(query.reason());
        show();
    }

    private static @Nullable SuppressionReason reasonOf(String name) {
        return Arrays.stream(SuppressionReason.values())
                .filter(r -> r.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private void changed() {
        query = new SuppressionQuery(search.getValue().isBlank() ? null : search.getValue(), reason.getValue());
        show();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query.text() != null) {
            parameters.put("q", query.text());
        }
        if (query.reason() != null) {
            parameters.put("reason", query.reason().name().toLowerCase(Locale.ROOT));
        }
        String written = parameters.entrySet().stream()
                .map(p -> p.getKey() + "="
                        + java.net.URLEncoder.encode(p.getValue(), java.nio.charset.StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        getUI().ifPresent(ui -> ui.getPage()
                .getHistory()
                .replaceState(null, "customers/suppressed" + (written.isEmpty() ? "" : "?" + written)));
    }

    private void show() {
        int found = list.count(query);
        grid.getDataProvider().refreshAll();
        grid.setVisible(found > 0);
        none.setVisible(found == 0);
        count.setText(
                found > SuppressionList.COUNT_LIMIT
                        ? t("privacy.suppressed.count_more", SuppressionList.COUNT_LIMIT)
                        : t("privacy.suppressed.count", found));
    }

    @Override
    public String getPageTitle() {
        return t("privacy.suppressed.title");
    }
}
