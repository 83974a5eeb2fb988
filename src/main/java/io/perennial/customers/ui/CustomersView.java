package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.NavigationTrigger;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StepUp;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.Customers;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.ListPlace;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The business's customers: search, filter, sort, open, export. */
@Route("customers")
@Menu(title = "customers.menu", icon = "vaadin:users", order = 10)
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class CustomersView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient CustomerList list;
    private final transient CustomerAttributes attributes;
    private final transient BulkDialogs dialogs;
    private final transient StepUp proof;
    private final BulkProgress progress;
    private final BulkBar bulk = new BulkBar(this::fitting, () -> grid().deselectAll(), this::deed);
    private long fitting = -1;
    private final CustomerFilters filters;
    private final CustomerGrid grid;
    private final Span count = new Span();
    private final EmptyState nobody = new EmptyState(
            VaadinIcon.SEARCH,
            t("customers.none_found"),
            t("customers.none_found_hint"),
            new Button(t("customers.clear_filters"), e -> showAll()));
    private final MultiSelectComboBox<CustomerAttribute> columns = new MultiSelectComboBox<>();
    private transient CustomerQuery query = CustomerQuery.ALL;

    CustomersView(
            CustomerList list,
            Customers customers,
            CustomerAttributes attributes,
            BulkDialogs dialogs,
            StepUp proof,
            Businesses businesses) {
        this.list = list;
        this.attributes = attributes;
        this.dialogs = dialogs;
        this.proof = proof;
        progress = dialogs.progress(() -> {
            grid().getDataProvider().refreshAll();
            showCount();
        });
        addClassName("page");
        filters = new CustomerFilters(list, this::filter);
        grid = new CustomerGrid(list, attributes, businesses.current().currency(), this::sorted);
        count.addClassName("list-count");
        count.getElement().setAttribute("aria-live", "polite");
        columns.setPlaceholder(t("attributes.columns"));
        columns.setAriaLabel(t("attributes.columns"));
        columns.setItemLabelGenerator(CustomerAttribute::name);
        columns.addClassName("list-columns");
        columns.addValueChangeListener(e -> {
            if (e.isFromClient()) {
                grid.showColumns(List.copyOf(e.getValue()));
                remember();
            }
        });
        if (customers.any()) {
            add(new PageHead(t("customers.title"), t("customers.lead"), actions()));
            nobody.setVisible(false);
            Div above = new Div(count);
            above.addClassName("list-above");
            if (!attributes.list().isEmpty()) {
                above.add(columns);
            }
            if (BulkBar.isOfUse()) { // who only looks selects nothing, and the grid then takes no listener
                grid.addSelectionListener(e -> bulk.choose(e.getAllSelectedItems().stream()
                        .map(customer -> customer.id().value())
                        .collect(Collectors.toSet())));
            }
            add(CustomersNav.of("customers"), filters, progress, above, grid, bulk, nobody);
        } else {
            add(new PageHead(t("customers.title"), t("customers.lead")));
            add(new EmptyState(
                    VaadinIcon.USERS,
                    t("customers.empty"),
                    t("customers.empty_explained"),
                    importButton(),
                    sampleLink()));
        }
    }

    private static Anchor sampleLink() {
        Anchor link = new Anchor("welcome?step=customers", t("customers.empty_sample"));
        link.addClassName("button-link");
        link.setVisible(CurrentStaff.may(Permission.SETTINGS_WRITE) && CurrentStaff.may(Permission.CUSTOMER_IMPORT));
        return link;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        query = CustomerQueryUrl.parse(event.getLocation().getQueryParameters());
        filters.show(query);
        showColumns(event.getLocation()
                .getQueryParameters()
                .getSingleParameter("columns")
                .orElse(""));
        grid.show(query);
        int found = showCount();
        if (event.getTrigger() == NavigationTrigger.HISTORY) {
            ListPlace.comeBack(grid, found);
        }
    }

    @Override
    public String getPageTitle() {
        return t("customers.title");
    }

    private void showAll() {
        filters.show(CustomerQuery.ALL);
        filter(CustomerQuery.ALL);
    }

    private void filter(CustomerQuery changed) {
        query = changed.sortedBy(query.sort(), query.descending());
        grid.show(query);
        showCount();
        remember();
    }

    private void sorted(CustomerQuery.Sort sort, boolean descending) {
        if (query.sort() != sort || query.descending() != descending) {
            query = query.sortedBy(sort, descending);
            remember();
        }
    }

    private void remember() {
        String keys = columns.getValue().stream().map(CustomerAttribute::key).collect(Collectors.joining(","));
        String parameters = Stream.of(CustomerQueryUrl.write(query), keys.isEmpty() ? "" : "columns=" + keys)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("&"));
        getUI().ifPresent(ui -> ui.getPage()
                .getHistory()
                .replaceState(null, "customers" + (parameters.isEmpty() ? "" : "?" + parameters)));
    }

    private void showColumns(String keys) {
        List<String> wanted = List.of(keys.split(","));
        List<CustomerAttribute> all = attributes.list();
        columns.setItems(all);
        columns.setValue(all.stream().filter(one -> wanted.contains(one.key())).toList());
        grid.showColumns(List.copyOf(columns.getValue()));
    }

    private CustomerGrid grid() {
        return grid;
    }

    /** Counted to the last one only when somebody selects. */
    private long fitting() {
        if (fitting < 0) {
            fitting = list.exactCount(CustomerSelection.of(query));
        }
        return fitting;
    }

    private void deed(BulkBar.Deed deed) {
        if (bulk.isTooMany()) {
            Toasts.error(t("bulk.too_many_chosen", CustomerSelection.MOST));
            return;
        }
        CustomerSelection selection =
                bulk.isWhole() ? CustomerSelection.of(query) : CustomerSelection.of(List.copyOf(bulk.chosen()));
        long count = bulk.isWhole() ? fitting() : bulk.chosen().size();
        if (deed == BulkBar.Deed.EXPORT) {
            dialogs.export(selection, t("exports.chosen", count), grid.columnsShown(), proof);
            return;
        }
        dialogs.open(deed, selection, count, proof, job -> {
            grid.deselectAll();
            progress.follow(job);
        });
    }

    private int showCount() {
        fitting = -1;
        int found = list.count(query);
        grid.setVisible(found > 0);
        nobody.setVisible(found == 0);
        count.setText(
                found > CustomerList.COUNT_LIMIT
                        ? t("customers.count_more", CustomerList.COUNT_LIMIT)
                        : t("customers.count", found));
        return found;
    }

    private Component[] actions() {
        List<Component> actions = new ArrayList<>();
        if (CurrentStaff.may(Permission.CUSTOMER_EXPORT)) {
            Button export = new Button(t("customers.export"), e -> export());
            actions.add(export);
        }
        if (CurrentStaff.may(Permission.CUSTOMER_IMPORT)) {
            actions.add(importButton());
        }
        return actions.toArray(Component[]::new);
    }

    private void export() {
        String whom = BulkDialogs.fitting(list.count(query));
        dialogs.export(CustomerSelection.of(query), whom, grid.columnsShown(), proof);
    }

    private Button importButton() {
        Button button = new Button(
                t("customers.import_action"), e -> getUI().orElseThrow().navigate(ImportView.class));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.setVisible(CurrentStaff.may(Permission.CUSTOMER_IMPORT));
        return button;
    }
}
