package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.segments.RuleWords;
import io.perennial.segments.Window;
import io.perennial.uikit.DateWords;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fields for which time counts, in the order they are read: "in the last 90 days". */
class WindowInput extends Div {

    /** What can be chosen first; the pieces of the calendar are among it, so that most need one choice only. */
    private sealed interface Period {
        record Kind(String key) implements Period {}

        record Piece(Window.Piece piece) implements Period {}
    }

    private static final Period EVER = new Period.Kind("EVER");
    private static final Period LAST = new Period.Kind("LAST");
    private static final Period AGO = new Period.Kind("AGO");
    private static final Period DATES = new Period.Kind("DATES");
    private static final int USUAL = 90;

    private final Select<Period> period = new Select<>();
    private final IntegerField count = new IntegerField();
    private final Select<Window.Unit> unit = new Select<>();
    private final IntegerField least = new IntegerField();
    private final IntegerField most = new IntegerField();
    private final Span to = new Span(t("segments.to"));
    private final Span ago = new Span(t("segments.days_ago"));
    private final DatePicker from = new DatePicker();
    private final DatePicker until = new DatePicker();

    WindowInput(Window window, Runnable changed) {
        addClassName("rule-phrase");
        period.setAriaLabel(t("segments.period"));
        List<Period> periods = new ArrayList<>(List.of(EVER, LAST, AGO, DATES));
        for (Window.Piece piece : Window.Piece.values()) {
            periods.add(new Period.Piece(piece));
        }
        period.setItems(periods);
        period.setItemLabelGenerator(WindowInput::label);
        period.addClassName("rule-period");
        unit.setItems(Window.Unit.values());
        show(window); // before anybody listens: being shown changes nothing
        number(count, "segments.count", changed);
        number(least, "segments.days_ago", changed);
        number(most, "segments.days_ago", changed);
        unit.setAriaLabel(t("segments.unit"));
        unit.setItemLabelGenerator(u -> t("segments.unit." + u));
        unit.addClassName("rule-unit");
        day(from, "segments.from", changed);
        day(until, "segments.until", changed);
        unit.addValueChangeListener(e -> changed.run());
        period.addValueChangeListener(e -> {
            adapt();
            changed.run();
        });
        add(period, count, unit, least, to, most, ago, from, until);
        adapt();
    }

    Window window() {
        return switch (period.getValue()) {
            case Period.Piece piece -> new Window.Calendar(piece.piece());
            case Period.Kind kind when kind.equals(LAST) -> new Window.Last(whole(count), unit.getValue());
            case Period.Kind kind when kind.equals(AGO) -> new Window.Ago(whole(least), whole(most));
            case Period.Kind kind when kind.equals(DATES) -> Window.between(text(from), text(until));
            default -> Window.ever();
        };
    }

    private void show(Window window) {
        count.setValue(USUAL);
        unit.setValue(Window.Unit.DAYS);
        least.setValue(30);
        most.setValue(USUAL);
        switch (window) {
            case Window.Ever _ -> period.setValue(EVER);
            case Window.Last last -> {
                period.setValue(LAST);
                count.setValue(last.count());
                unit.setValue(last.unit());
            }
            case Window.Ago days -> {
                period.setValue(AGO);
                least.setValue(days.least());
                most.setValue(days.most());
            }
            case Window.Calendar calendar -> period.setValue(new Period.Piece(calendar.piece()));
            case Window.Dates dates -> {
                period.setValue(DATES);
                from.setValue(dates.from() == null ? null : LocalDate.parse(dates.from()));
                until.setValue(dates.until() == null ? null : LocalDate.parse(dates.until()));
            }
        }
    }

    private void adapt() {
        boolean isAgo = AGO.equals(period.getValue());
        boolean isDates = DATES.equals(period.getValue());
        count.setVisible(LAST.equals(period.getValue()));
        unit.setVisible(LAST.equals(period.getValue()));
        least.setVisible(isAgo);
        to.setVisible(isAgo);
        most.setVisible(isAgo);
        ago.setVisible(isAgo);
        from.setVisible(isDates);
        until.setVisible(isDates);
    }

    private static String label(Period period) {
        return switch (period) {
            case Period.Piece piece -> RuleWords.piece(piece.piece());
            case Period.Kind kind -> t("segments.period." + kind.key());
        };
    }

    private static void number(IntegerField field, String label, Runnable changed) {
        field.setAriaLabel(t(label));
        field.addClassName("rule-count");
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.addValueChangeListener(e -> changed.run());
    }

    private static void day(DatePicker picker, String label, Runnable changed) {
        picker.setAriaLabel(t(label));
        picker.setPlaceholder(t(label));
        picker.setClearButtonVisible(true);
        DateWords.prepare(picker);
        picker.addClassName("rule-date");
        picker.addValueChangeListener(e -> changed.run());
    }

    private static int whole(IntegerField field) {
        return Optional.ofNullable(field.getValue()).orElse(-1);
    }

    private static @Nullable String text(DatePicker picker) {
        return picker.getValue() == null ? null : picker.getValue().toString();
    }
}
