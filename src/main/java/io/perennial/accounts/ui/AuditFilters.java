package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail.Actor;
import io.perennial.uikit.DateWords;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What of the log is shown. */
class AuditFilters extends Div {

    /** The parts of the product that write into the log. */
    static final List<String> PARTS =
            List.of("accounts", "customers", "segments", "campaigns", "content", "promotions", "delivery", "api");

    private final TextField text = new TextField();
    private final Select<String> part = new Select<>();
    private final Select<Actor> person = new Select<>();
    private final DatePicker from = new DatePicker();
    private final DatePicker until = new DatePicker();
    private final Checkbox operators = new Checkbox(t("accounts.audit.operators"));
    private final List<Actor> actors;
    private boolean quiet;

    AuditFilters(List<Actor> actors, Consumer<AuditQuery> changed) {
        this.actors = actors;
        addClassName("customer-filters");
        text.setPlaceholder(t("accounts.audit.search"));
        text.setAriaLabel(t("accounts.audit.search"));
        text.setPrefixComponent(VaadinIcon.SEARCH.create());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addClassName("customer-search");
        part.setItems(PARTS);
        prepare(part, "accounts.audit.part");
        part.setItemLabelGenerator(each -> t("accounts.audit.part" + (each == null ? "" : "_" + each)));
        person.setItems(actors);
        prepare(person, "accounts.audit.person");
        person.setItemLabelGenerator(each -> each == null ? t("accounts.audit.person") : each.name());
        prepare(from, "accounts.audit.from");
        prepare(until, "accounts.audit.until");
        Div choices = new Div(part, person, from, until, operators);
        choices.addClassName("customer-choices");
        add(text, choices);
        text.addValueChangeListener(e -> tell(changed));
        part.addValueChangeListener(e -> tell(changed));
        person.addValueChangeListener(e -> tell(changed));
        from.addValueChangeListener(e -> tell(changed));
        until.addValueChangeListener(e -> tell(changed));
        operators.addValueChangeListener(e -> tell(changed));
    }

    void show(AuditQuery query) {
        quiet = true;
        text.setValue(query.text() == null ? "" : query.text());
        part.setValue(query.feature());
        person.setValue(actor(query.actorId()));
        from.setValue(query.from());
        until.setValue(query.until());
        operators.setValue(query.operators());
        quiet = false;
    }

    private @Nullable Actor actor(@Nullable Long id) {
        return actors.stream()
                .filter(each -> id != null && each.id() == id)
                .findFirst()
                .orElse(null);
    }

    private void tell(Consumer<AuditQuery> changed) {
        if (!quiet) {
            Actor who = person.getValue();
            changed.accept(new AuditQuery(
                    part.getValue(),
                    who == null ? null : who.id(),
                    text.getValue().isBlank() ? null : text.getValue().strip(),
                    from.getValue(),
                    until.getValue(),
                    operators.getValue()));
        }
    }

    private static void prepare(Select<?> select, String key) {
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption(t(key));
        select.setPlaceholder(t(key));
        select.setAriaLabel(t(key));
    }

    private static void prepare(DatePicker picker, String key) {
        DateWords.prepare(picker);
        picker.setPlaceholder(t(key));
        picker.setAriaLabel(t(key));
        picker.setClearButtonVisible(true);
    }
}
