package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.delivery.returns.ReturnsDesk;
import io.perennial.delivery.returns.ReturnsDesk.Doubtful;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.WindowWidth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Mails that came in and led to nothing, to be looked at as plain text. The operator also sees those of nobody. */
class QuarantineList extends Section {

    private static final int NARROW = 600;

    private final transient ReturnsDesk desk;
    private final ZoneId zone;
    private final Grid<Doubtful> grid = new FittedGrid<>();
    private final Select<Boolean> whose = new Select<>();

    QuarantineList(ReturnsDesk desk, ZoneId zone) {
        this.desk = desk;
        this.zone = zone;
        addClassName("quarantine");
        H2 title = new H2(t("delivery.quarantine.title"));
        title.addClassName("section-title");
        Paragraph lead = new Paragraph(t("delivery.quarantine.lead"));
        lead.addClassName("returns-where");
        add(title, lead);
        if (ReturnsDesk.isOperator()) {
            whose.setItems(false, true);
            whose.setItemLabelGenerator(nobodys ->
                    t(Boolean.TRUE.equals(nobodys) ? "delivery.quarantine.nobodys" : "delivery.quarantine.ours"));
            whose.setLabel(t("delivery.quarantine.whose"));
            whose.setValue(false);
            whose.addValueChangeListener(e -> grid.getDataProvider().refreshAll());
            add(whose);
        }
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(this::what)
                .setHeader(t("delivery.quarantine.what"))
                .setFlexGrow(3);
        WindowWidth.columnsFrom(
                NARROW,
                grid,
                List.of(
                        grid.addColumn(mail -> Formats.dateTime(mail.arrivedAt(), zone))
                                .setHeader(t("delivery.quarantine.at"))
                                .setAutoWidth(true)
                                .setFlexGrow(0),
                        grid.addColumn(mail -> Formats.number(mail.times()))
                                .setHeader(t("delivery.quarantine.times"))
                                .setTextAlign(com.vaadin.flow.component.grid.ColumnTextAlign.END)
                                .setAutoWidth(true)
                                .setFlexGrow(0)));
        grid.addComponentColumn(mail -> {
                    Button look = new Button(t("delivery.quarantine.look"), e -> open(mail));
                    look.addThemeVariants(ButtonVariant.TERTIARY);
                    look.setAriaLabel(t("delivery.quarantine.look_at", mail.detail()));
                    return look;
                })
                .setHeader(t("delivery.quarantine.actions"))
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.setItemsPageable(page -> isNobodys() ? desk.doubtfulOfNobody(page) : desk.doubtful(page));
        grid.setEmptyStateText(t("delivery.quarantine.none"));
        add(grid);
    }

    private boolean isNobodys() {
        return Boolean.TRUE.equals(whose.getValue());
    }

    private Div what(Doubtful mail) {
        Span reason =
                new Span(t("delivery.quarantine.reason." + mail.reason().name().toLowerCase(Locale.ROOT)));
        reason.addClassName("quarantine-reason");
        Span detail = new Span(mail.detail());
        detail.addClassName("returns-when");
        Div cell = new Div(reason, detail);
        cell.addClassName("quarantine-cell");
        return cell;
    }

    /** As text in a {@code pre}: nothing in it is ever read as markup. */
    private void open(Doubtful mail) {
        String text = (isNobodys() ? desk.textOfNobody(mail.id()) : desk.text(mail.id()))
                .orElseGet(() -> t("delivery.quarantine.gone"));
        Dialog dialog = new Dialog(
                t("delivery.quarantine.reason." + mail.reason().name().toLowerCase(Locale.ROOT)));
        dialog.addClassName("quarantine-dialog");
        Pre raw = new Pre(text);
        raw.addClassName("quarantine-text");
        raw.getElement().setAttribute("tabindex", "0");
        raw.getElement().setAttribute("role", "region");
        raw.getElement().setAttribute("aria-label", t("delivery.quarantine.text"));
        Paragraph about = new Paragraph(
                t("delivery.quarantine.about", Formats.dateTime(mail.arrivedAt(), zone), mail.times(), mail.size()));
        dialog.add(about, raw);
        Button close = new Button(t("delivery.quarantine.close"), e -> dialog.close());
        if (isNobodys() || CurrentStaff.may(Permission.SETTINGS_WRITE)) {
            Button discard = new Button(t("delivery.quarantine.discard"), e -> {
                if (isNobodys()) {
                    desk.discardOfNobody(mail.id());
                } else {
                    desk.discard(mail.id());
                }
                dialog.close();
                grid.getDataProvider().refreshAll();
                Toasts.success(t("delivery.quarantine.discarded"));
            });
            dialog.getFooter().add(discard);
        }
        dialog.getFooter().add(close);
        dialog.open();
    }
}
