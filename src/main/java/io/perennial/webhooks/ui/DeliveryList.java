package io.perennial.webhooks.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.shared.Registration;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.WindowWidth;
import io.perennial.webhooks.WebhookDelivery;
import io.perennial.webhooks.WebhookEndpoint;
import io.perennial.webhooks.WebhookLog;
import io.perennial.webhooks.WebhookProperties;
import io.perennial.webhooks.WebhookRefused;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;

/** What an endpoint was sent, the latest first, by how it stands. */
class DeliveryList extends Section {

    static final String PARAMETER = "show";
    private static final int NARROW = 600;
    private static final int EVERY_MILLIS = 1_000;
    /** Looks after a test. */
    private static final int LOOKS = 20;

    private final transient WebhookLog log;
    private final transient WebhookEndpoint endpoint;
    private final int days;
    private final ZoneId zone;
    private final Grid<WebhookDelivery> grid = new FittedGrid<>();
    private final Select<String> filter = new Select<>();
    private final EmptyState none =
            new EmptyState(VaadinIcon.SEARCH, t("webhooks.log_none"), t("webhooks.log_none_hint"));
    private final EmptyState empty =
            new EmptyState(VaadinIcon.PAPERPLANE_O, t("webhooks.log_empty"), t("webhooks.log_empty_hint"));
    private int looks;
    private transient @Nullable Registration polling;

    DeliveryList(WebhookLog log, WebhookProperties properties, WebhookEndpoint endpoint, ZoneId zone, String shown) {
        this.log = log;
        this.endpoint = endpoint;
        this.days = (int) properties.kept().toDays();
        this.zone = zone;
        addClassName("webhook-log");
        H2 title = new H2(t("webhooks.log"));
        title.addClassName("section-title");
        List<String> states = Stream.concat(
                        Stream.of("all"),
                        Arrays.stream(WebhookDelivery.State.values())
                                .map(state -> state.name().toLowerCase(Locale.ROOT)))
                .toList();
        filter.setLabel(t("webhooks.filter"));
        filter.setItems(states);
        filter.setItemLabelGenerator(state -> t("webhooks.filter." + state));
        filter.setValue(states.contains(shown) ? shown : "all");
        filter.addValueChangeListener(e -> filtered());
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(this::what)
                .setHeader(t("webhooks.column.event"))
                .setFlexGrow(3);
        grid.addComponentColumn(EndpointWords::badge)
                .setHeader(t("webhooks.column.answer"))
                .setWidth("8.5rem")
                .setFlexGrow(0);
        WindowWidth.columnsFrom(
                NARROW,
                grid,
                List.of(
                        grid.addComponentColumn(this::when)
                                .setHeader(t("webhooks.column.when"))
                                .setWidth("11rem")
                                .setFlexGrow(0),
                        grid.addColumn(delivery -> Formats.number(delivery.attempts()))
                                .setHeader(t("webhooks.column.attempts"))
                                .setTextAlign(com.vaadin.flow.component.grid.ColumnTextAlign.END)
                                .setWidth("7rem")
                                .setFlexGrow(0)));
        grid.addItemClickListener(e -> open(e.getItem()));
        grid.setItemsPageable(page -> log.page(endpoint.id(), state(), page));
        add(title, filter, grid, none, empty);
        show();
    }

    @Override
    protected void onDetach(DetachEvent event) {
        stopWatching();
        super.onDetach(event);
    }

    /** Looks again for a while: something is on its way. */
    void watch() {
        show();
        looks = LOOKS;
        if (polling == null) {
            getUI().ifPresent(ui -> {
                ui.setPollInterval(EVERY_MILLIS);
                polling = ui.addPollListener(e -> look());
            });
        }
    }

    private void look() {
        show();
        if (--looks <= 0 || !isWaiting()) {
            stopWatching();
        }
    }

    private boolean isWaiting() {
        return !log.page(endpoint.id(), WebhookDelivery.State.WAITING, PageRequest.ofSize(1))
                .isEmpty();
    }

    private void stopWatching() {
        if (polling != null) {
            polling.remove();
            polling = null;
            getUI().ifPresent(ui -> ui.setPollInterval(-1));
        }
    }

    void sendFailedAgain() {
        again(() -> log.failedAgain(endpoint.id()));
    }

    void askSince() {
        Dialog dialog = new Dialog(t("webhooks.again_since_title"));
        dialog.setWidth("min(480px, 100%)");
        DateTimePicker since = new DateTimePicker(t("webhooks.since"));
        since.setValue(LocalDateTime.now(zone).minusHours(1).withSecond(0).withNano(0));
        since.setErrorMessage(t("webhooks.since_missing", days));
        Button send = new Button(t("webhooks.again"), e -> {
            LocalDateTime value = since.getValue();
            Instant at = value == null ? null : value.atZone(zone).toInstant();
            if (at == null
                    || at.isAfter(Instant.now())
                    || at.isBefore(Instant.now().minus(java.time.Duration.ofDays(days)))) {
                since.setInvalid(true);
                return;
            }
            dialog.close();
            again(() -> log.allAgain(endpoint.id(), at));
        });
        send.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.add(new Paragraph(t("webhooks.again_since_hint", WebhookLog.MOST_AGAIN)), since);
        dialog.getFooter().add(new Button(t("webhooks.cancel"), e -> dialog.close()), send);
        dialog.open();
    }

    private void again(java.util.function.IntSupplier deed) {
        try {
            Toasts.success(t("webhooks.again_many", deed.getAsInt()));
            watch();
        } catch (WebhookRefused e) {
            Toasts.error(t(e.key()));
        }
    }

    private void open(WebhookDelivery delivery) {
        new DeliveryDialog(log.open(endpoint.id(), delivery.event()), zone, endpoint.isOn(), () -> {
                    log.again(endpoint.id(), delivery.event());
                    Toasts.success(t("webhooks.again_one"));
                    watch();
                })
                .open();
    }

    private WebhookDelivery.@Nullable State state() {
        return filter.getValue().equals("all")
                ? null
                : WebhookDelivery.State.valueOf(filter.getValue().toUpperCase(Locale.ROOT));
    }

    private void filtered() {
        show();
        String query = state() == null ? "" : "?" + PARAMETER + "=" + filter.getValue();
        getUI().ifPresent(ui ->
                ui.getPage().getHistory().replaceState(null, WebhooksView.PATH + "/" + endpoint.id() + query));
    }

    private void show() {
        boolean any = !log.page(endpoint.id(), state(), PageRequest.ofSize(1)).isEmpty();
        grid.setVisible(any);
        none.setVisible(!any && state() != null);
        empty.setVisible(!any && state() == null);
        filter.setVisible(any || state() != null);
        grid.getDataProvider().refreshAll();
    }

    private Div what(WebhookDelivery delivery) {
        Button name = new Button(delivery.type(), e -> open(delivery));
        name.addThemeVariants(ButtonVariant.TERTIARY);
        name.addClassName("webhook-event");
        Span answer = new Span(details(delivery));
        answer.addClassName("face-note");
        Div cell = new Div(name, answer);
        cell.addClassName("audit-cell");
        return cell;
    }

    private static String details(WebhookDelivery delivery) {
        String answer = EndpointWords.answer(delivery);
        String problem =
                Optional.ofNullable(delivery.lastProblem()).map(p -> ": " + p).orElse("");
        String next = delivery.dueAt() == null || delivery.attempts() == 0
                ? ""
                : " · " + t("webhooks.next_try", Formats.relative(delivery.dueAt()));
        return answer + problem + next;
    }

    private Span when(WebhookDelivery delivery) {
        Span when = new Span(Formats.relative(delivery.at()));
        when.setTitle(Formats.dateTime(delivery.at(), zone));
        return when;
    }
}
