package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.customers.Retention;
import io.perennial.customers.RetentionKind;
import io.perennial.uikit.FittedGrid;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For how long what is kept; how much a rule would remove, before it is switched on; and what was removed. */
@Route("settings/retention")
@RolesAllowed(Permission.Names.SETTINGS_READ)
class RetentionView extends Main implements HasDynamicTitle {

    private static final String PATH = "settings/retention";

    private final transient Retention retention;
    private final transient Backstage backstage;
    private final ZoneId zone;
    private final Div rules = new Div();
    private final Grid<Retention.Removed> log = new FittedGrid<>();
    private final boolean may =
            CurrentStaff.may(Permission.SETTINGS_WRITE) && CurrentStaff.may(Permission.CUSTOMER_ERASE);

    RetentionView(Retention retention, Backstage backstage, Businesses businesses, SettingsParts parts) {
        this.retention = retention;
        this.backstage = backstage;
        this.zone = Reader.zone(businesses.current().zone());
        addClassNames("page", "settings");
        add(
                new PageHead(
                        t("privacy.retention.title"), t(may ? "privacy.retention.lead" : "privacy.topics.read_only")),
                parts.nav(PATH),
                rules,
                history());
        show();
    }

    private void show() {
        Map<RetentionKind, Retention.Rule> known =
                retention.rules().stream().collect(Collectors.toMap(Retention.Rule::kind, Function.identity()));
        rules.removeAll();
        for (RetentionKind kind : RetentionKind.values()) {
            rules.add(group(kind, known.get(kind)));
        }
    }

    private Section group(RetentionKind kind, Retention.@Nullable Rule rule) {
        String key = "privacy.retention." + kind.name().toLowerCase(Locale.ROOT);
        Div words = new Div(new H2(t(key)), new Paragraph(t(key + "_hint")));
        words.addClassName("settings-words");
        IntegerField months = new IntegerField(t("privacy.retention.months"));
        months.setMin(Retention.FEWEST_MONTHS);
        months.setMax(Retention.MOST_MONTHS);
        months.setStepButtonsVisible(true);
        months.setClearButtonVisible(true);
        months.setPlaceholder(t("privacy.retention.for_ever"));
        months.setValue(rule == null ? null : rule.months());
        months.setReadOnly(!may);
        Paragraph state = new Paragraph(
                rule == null
                        ? t("privacy.retention.none")
                        : t("privacy.retention.since", Formats.date(rule.beginsOn()), rule.changedBy()));
        state.addClassName("settings-changed");
        months.addClassName("retention-months");
        Div column = new Div(months, state);
        if (may) {
            Button save = new Button(t("privacy.retention.count"), e -> ask(kind, months, e.getSource()));
            save.setDisableOnClick(true);
            column.add(save);
        }
        column.addClassName("settings-column");
        Section section = new Section(words, column);
        section.addClassName("settings-group");
        return section;
    }

    /** Counts first; the question says how many. */
    private void ask(RetentionKind kind, IntegerField months, Button save) {
        Integer wanted = months.getValue();
        if (months.isInvalid()
                || (wanted != null && (wanted < Retention.FEWEST_MONTHS || wanted > Retention.MOST_MONTHS))) {
            months.setErrorMessage(t("privacy.retention.range", Retention.FEWEST_MONTHS, Retention.MOST_MONTHS));
            months.setInvalid(true);
            months.focus();
            save.setEnabled(true);
            return;
        }
        if (wanted == null) {
            retention.set(kind, null);
            Toasts.success(t("privacy.retention.off"));
            show();
            return;
        }
        getUI().ifPresent(ui -> {
            var _ = backstage.read(
                    ui, () -> retention.count(kind, wanted), count -> confirm(kind, wanted, count), failed -> {
                        Toasts.error(t("privacy.retention.failed"));
                        show();
                    });
        });
    }

    private void confirm(RetentionKind kind, int months, long count) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("privacy.retention.confirm", months));
        dialog.setText(t(
                "privacy.retention.confirm_" + (kind == RetentionKind.CUSTOMERS ? "people" : "rows"),
                count,
                Retention.NOTICE_DAYS));
        dialog.setCancelable(true);
        dialog.setCancelText(t("customers.cancel"));
        dialog.setConfirmText(t("privacy.retention.switch_on", months));
        dialog.setConfirmButtonTheme("primary error");
        dialog.addConfirmListener(e -> {
            retention.set(kind, months);
            Toasts.success(t("privacy.retention.saved"));
            show();
        });
        dialog.addCancelListener(e -> show());
        dialog.open();
    }

    private Component history() {
        H2 title = new H2(t("privacy.retention.history"));
        title.addClassName("section-title");
        log.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        log.setSelectionMode(Grid.SelectionMode.NONE);
        log.addColumn(r -> Formats.dateTime(r.at(), zone))
                .setHeader(t("privacy.retention.when"))
                .setAutoWidth(true)
                .setFlexGrow(0);
        log.addColumn(r -> t("privacy.retention.removed." + r.kind().name().toLowerCase(Locale.ROOT), r.rows()))
                .setHeader(t("privacy.retention.what"))
                .setFlexGrow(1);
        log.setItemsPageable(page -> retention.log(page.getOffset(), page.getPageSize()));
        log.setEmptyStateText(t("privacy.retention.nothing_yet"));
        Section section = new Section(title, log);
        section.addClassName("returns-report");
        return section;
    }

    @Override
    public String getPageTitle() {
        return t("privacy.retention.title");
    }

    @Configuration(proxyBeanMethods = false)
    static class Part {

        @Bean
        SettingsPart retentionPart() {
            return new SettingsPart(
                    "privacy.retention.tab", PATH, Permission.SETTINGS_READ, SettingsGroup.CUSTOMERS, 60);
        }
    }
}
