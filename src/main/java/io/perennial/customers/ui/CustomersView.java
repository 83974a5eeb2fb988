package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.Customers;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;

/** The business's customers: search, filter, sort, open, export. */
@Route("customers")
@Menu(title = "customers.menu", icon = "vaadin:users", order = 10)
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class CustomersView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient CustomerList list;
    private final CustomerFilters filters;
    private final CustomerGrid grid;
    private final Span count = new Span();
    private final EmptyState nobody = new EmptyState(
            VaadinIcon.SEARCH,
            t("customers.none_found"),
            t("customers.none_found_hint"),
            new Button(t("customers.clear_filters"), e -> showAll()));
    private transient CustomerQuery query = CustomerQuery.ALL;

    CustomersView(CustomerList list, Customers customers, Businesses businesses) {
        this.list = list;
        addClassName("page");
        filters = new CustomerFilters(list, this::filter);
        grid = new CustomerGrid(list, businesses.current().currency(), this::sorted);
        count.addClassName("list-count");
        count.getElement().setAttribute("aria-live", "polite");
        if (customers.any()) {
            add(new PageHead(t("customers.title"), t("customers.lead"), actions()));
            nobody.setVisible(false);
            add(filters, count, grid, nobody);
        } else {
            add(new PageHead(t("customers.title"), t("customers.lead")));
            add(new EmptyState(VaadinIcon.USERS, t("customers.empty"), t("customers.empty_explained"), importButton()));
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        query = CustomerQueryUrl.parse(event.getLocation().getQueryParameters());
        filters.show(query);
        grid.show(query);
        showCount();
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
        String parameters = CustomerQueryUrl.write(query);
        getUI().ifPresent(ui -> ui.getPage()
                .getHistory()
                .replaceState(null, "customers" + (parameters.isEmpty() ? "" : "?" + parameters)));
    }

    private void showCount() {
        int found = list.count(query);
        grid.setVisible(found > 0);
        nobody.setVisible(found == 0);
        count.setText(
                found > CustomerList.COUNT_LIMIT
                        ? t("customers.count_more", CustomerList.COUNT_LIMIT)
                        : t("customers.count", found));
    }

    private Component[] actions() {
        List<Component> actions = new ArrayList<>();
        if (CurrentStaff.may(Permission.CUSTOMER_EXPORT)) {
            Anchor export = new Anchor(
                    (DownloadHandler) event -> {
                        event.setFileName("customers.csv");
                        event.setContentType("text/csv;charset=UTF-8");
                        list.export(query, event.getOutputStream());
                    },
                    t("customers.export"));
            export.setDownload(true);
            export.addClassName("button-link");
            actions.add(export);
        }
        if (CurrentStaff.may(Permission.CUSTOMER_IMPORT)) {
            actions.add(importButton());
        }
        return actions.toArray(Component[]::new);
    }

    private Button importButton() {
        Button button = new Button(
                t("customers.import_action"), e -> getUI().orElseThrow().navigate(ImportView.class));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.setVisible(CurrentStaff.may(Permission.CUSTOMER_IMPORT));
        return button;
    }
}
