package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.customers.Erasure;
import io.perennial.customers.Erasures;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;

/** Who was erased, without saying who: when, by whom of the staff, and how much; and whether a given address was. */
@Route("customers/erased")
@RolesAllowed(Permission.Names.CUSTOMER_ERASE)
class ErasedView extends Main implements HasDynamicTitle {

    private final transient Erasures erasures;
    private final ZoneId zone;
    private final TextField address = new TextField(t("customers.erased_ask"));
    private final Paragraph answer = new Paragraph();

    ErasedView(Erasures erasures, Businesses businesses) {
        this.erasures = erasures;
        this.zone = Reader.zone(businesses.current().zone());
        addClassName("page");
        add(new PageHead(t("customers.erased_title"), t("customers.erased_lead")), CustomersNav.of("customers/erased"));
        answer.getElement().setAttribute("aria-live", "polite");
        Div question = new Div(address, new Button(t("customers.erased_look"), e -> ask()), answer);
        question.addClassName("erased-question");
        add(question);
        if (erasures.list(0, 1).isEmpty()) {
            add(new EmptyState(VaadinIcon.ERASER, t("customers.erased_none"), t("customers.erased_none_hint")));
            return;
        }
        Grid<Erasure> grid = new FittedGrid<>();
        grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(this::erasure).setHeader(t("customers.erased_rows"));
        grid.setItemsPageable(page -> erasures.list(page.getOffset(), page.getPageSize()));
        add(grid);
    }

    @Override
    public String getPageTitle() {
        return t("customers.erased_title");
    }

    private Div erasure(Erasure erasure) {
        Span what = new Span(EraseDialog.counted(erasure.rows()));
        Span when = new Span(t("customers.erased_by_at", erasure.by(), Formats.dateTime(erasure.at(), zone)));
        when.addClassName("erased-what");
        Div cell = new Div(what, when);
        cell.addClassName("erased-cell");
        return cell;
    }

    private void ask() {
        if (address.isEmpty()) {
            return;
        }
        answer.setText(erasures.erasedAt(address.getValue())
                .map(at -> t("customers.erased_yes", Formats.dateTime(at, zone)))
                .orElseGet(() -> t("customers.erased_no")));
        address.clear();
    }
}
