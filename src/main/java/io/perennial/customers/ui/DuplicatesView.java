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
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.DuplicatePair;
import io.perennial.customers.Duplicates;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;

/** Pairs of customers who may be one person, the likeliest first. */
@Route("customers/duplicates")
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class DuplicatesView extends Main implements HasDynamicTitle {

    private final transient Duplicates duplicates;
    private final transient Backstage backstage;
    private final Grid<DuplicatePair> grid = new FittedGrid<>();
    private final Span count = new Span();
    private final EmptyState none =
            new EmptyState(VaadinIcon.CONNECT_O, t("privacy.duplicates.none"), t("privacy.duplicates.none_hint"));
    private final Button look = new Button(t("privacy.duplicates.look"), e -> look());

    DuplicatesView(Duplicates duplicates, Backstage backstage, Businesses businesses) {
        this.duplicates = duplicates;
        this.backstage = backstage;
        addClassName("page");
        boolean may = CurrentStaff.may(Permission.CUSTOMER_WRITE);
        String lead = duplicates
                .lookedAt()
                .map(at -> t(
                        "privacy.duplicates.lead_at",
                        Formats.dateTime(at, Reader.zone(businesses.current().zone()))))
                .orElseGet(() -> t("privacy.duplicates.lead"));
        add(
                may
                        ? new PageHead(t("privacy.duplicates.title"), lead, look)
                        : new PageHead(t("privacy.duplicates.title"), lead));
        look.setDisableOnClick(true);
        count.addClassName("list-count");
        count.getElement().setAttribute("aria-live", "polite");
        grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addClassName("tall-grid");
        grid.addComponentColumn(this::pair)
                .setHeader(t("privacy.duplicates.pair"))
                .setFlexGrow(1);
        grid.setItemsPageable(page -> duplicates.list(page.getOffset(), page.getPageSize()));
        add(CustomersNav.of("customers/duplicates"), count, grid, none);
        show();
    }

    private Component pair(DuplicatePair pair) {
        Div sides = new Div(side(pair.first()), side(pair.second()));
        sides.addClassName("duplicate-sides");
        Div signs = new Div();
        signs.addClassName("duplicate-signs");
        pair.signs()
                .forEach(sign -> signs.add(new StatusBadge(
                        t("privacy.sign." + sign.name().toLowerCase(Locale.ROOT)),
                        pair.score() >= 70 ? Tone.ATTENTION : Tone.NEUTRAL)));
        Div cell = new Div(sides, signs);
        cell.addClassName("duplicate-pair");
        RouterLink compare = new RouterLink(
                t("privacy.duplicates.compare"),
                MergeView.class,
                MergeView.parameters(pair.first().id(), pair.second().id()));
        compare.getElement()
                .setAttribute(
                        "aria-label",
                        t(
                                "privacy.duplicates.compare_of",
                                pair.first().name(),
                                pair.second().name()));
        Div deeds = new Div(compare);
        deeds.addClassName("duplicate-deeds");
        if (CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            Button two = new Button(t("privacy.duplicates.two"), e -> dismiss(pair));
            two.addThemeVariants(ButtonVariant.TERTIARY);
            two.setAriaLabel(t(
                    "privacy.duplicates.two_of",
                    pair.first().name(),
                    pair.second().name()));
            deeds.add(two);
        }
        cell.add(deeds);
        return cell;
    }

    private static Component side(DuplicatePair.Side side) {
        Span name = new Span(side.name());
        name.addClassName("face-name");
        Span note = new Span(t(
                "privacy.duplicates.side",
                side.email() == null ? t("customers.no_email") : side.email(),
                side.city() == null ? Formats.NONE : side.city(),
                side.orders()));
        note.addClassName("face-note");
        Div words = new Div(name, note);
        words.addClassName("face-words");
        return words;
    }

    private void dismiss(DuplicatePair pair) {
        duplicates.dismiss(pair.first().id(), pair.second().id(), true);
        Toasts.success(t("privacy.duplicates.dismissed"));
        show();
    }

    private void look() {
        look.setText(t("privacy.duplicates.looking"));
        getUI().ifPresent(ui -> {
            var _ = backstage.read(
                    ui,
                    () -> {
                        duplicates.look();
                        return true;
                    },
                    done -> {
                        ready();
                        show();
                        Toasts.success(t("privacy.duplicates.looked"));
                    },
                    failed -> {
                        ready();
                        Toasts.error(t("privacy.duplicates.failed"));
                    });
        });
    }

    private void ready() {
        look.setText(t("privacy.duplicates.look"));
        look.setEnabled(true);
    }

    private void show() {
        int found = duplicates.count();
        grid.getDataProvider().refreshAll();
        grid.setVisible(found > 0);
        none.setVisible(found == 0);
        count.setText(
                found > Duplicates.COUNT_LIMIT
                        ? t("privacy.duplicates.count_more", Duplicates.COUNT_LIMIT)
                        : t("privacy.duplicates.count", found));
    }

    @Override
    public String getPageTitle() {
        return t("privacy.duplicates.title");
    }
}
