package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.campaigns.CampaignId;
import io.perennial.delivery.MessageOutcome;
import io.perennial.delivery.MessageState;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import io.perennial.uikit.WindowWidth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happened with each person's mail. */
class OutcomeGrid extends Div {

    private static final int NARROW = 600;

    private final Grid<MessageOutcome> grid = new FittedGrid<>();
    private final Select<MessageState> state = new Select<>();
    private final TextField search = new TextField();
    private final ZoneId zone;

    OutcomeGrid(CampaignServices services, CampaignId id) {
        zone = Reader.zone(services.businesses().current().zone());
        addClassName("campaign-outcomes");
        state.setItems(MessageState.values());
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(t("campaigns.outcome.all"));
        state.setItemLabelGenerator(each -> each == null ? t("campaigns.outcome.all") : word(each));
        state.setAriaLabel(t("campaigns.outcome.filter"));
        state.addValueChangeListener(e -> refresh());
        search.setPlaceholder(t("campaigns.outcome.search"));
        search.setAriaLabel(t("campaigns.outcome.search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(e -> refresh());
        Div bar = new Div(state, search);
        bar.addClassName("campaign-bar");
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(this::person)
                .setHeader(t("campaigns.outcome.person"))
                .setWidth("280px")
                .setFlexGrow(2);
        Grid.Column<MessageOutcome> stands = grid.addComponentColumn(OutcomeGrid::badge)
                .setHeader(t("campaigns.outcome.state"))
                .setAutoWidth(true);
        WindowWidth.columnsFrom(
                NARROW,
                grid,
                List.of(
                        stands,
                        grid.addColumn(m -> Formats.dateTime(m.at(), zone))
                                .setHeader(t("campaigns.outcome.at"))
                                .setAutoWidth(true),
                        grid.addColumn(m -> Formats.dateTime(m.openedAt(), zone))
                                .setHeader(t("campaigns.outcome.opened"))
                                .setAutoWidth(true),
                        grid.addColumn(m -> Formats.dateTime(m.clickedAt(), zone))
                                .setHeader(t("campaigns.outcome.clicked"))
                                .setAutoWidth(true),
                        grid.addColumn(m -> m.detail() == null ? "" : m.detail())
                                .setHeader(t("campaigns.outcome.detail"))
                                .setTooltipGenerator(MessageOutcome::detail)
                                .setFlexGrow(3)));
        grid.setItemsPageable(page -> services.reports()
                .outcomes(id, state.getValue(), search.getValue(), page)
                .getContent());
        grid.setEmptyStateText(t("campaigns.outcome.none"));
        add(bar, grid);
    }

    Grid<MessageOutcome> grid() {
        return grid;
    }

    /** Shows those in this state, and brings the list into view. */
    void showOnly(MessageState wanted) {
        state.setValue(wanted);
        scrollIntoView();
    }

    void refresh() {
        grid.getDataProvider().refreshAll();
    }

    private Div person(MessageOutcome outcome) {
        Span essentials = new Span(badge(outcome), new Span(outcome.detail() == null ? "" : outcome.detail()));
        essentials.addClassName("campaign-essentials");
        Div cell = new Div(new Anchor("customers/" + outcome.customer(), outcome.email()), essentials);
        cell.addClassName("campaign-name");
        return cell;
    }

    private static StatusBadge badge(MessageOutcome outcome) {
        return new StatusBadge(word(outcome.state()), toneOf(outcome.state()));
    }

    private static String word(@Nullable MessageState state) {
        return state == null ? "" : t("campaigns.message." + state.name().toLowerCase(Locale.ROOT));
    }

    private static Tone toneOf(MessageState state) {
        return switch (state) {
            case PENDING, SKIPPED -> Tone.NEUTRAL;
            case CLAIMED, TRANSMITTING -> Tone.INFO;
            case SENT -> Tone.GOOD;
            case RETRY_AT, IN_DOUBT -> Tone.ATTENTION;
            case FAILED -> Tone.BAD;
        };
    }
}
