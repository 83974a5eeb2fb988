package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.content.TemplateRef;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionProblem;
import io.perennial.promotions.PromotionProblem.Place;
import io.perennial.uikit.DateWords;
import io.perennial.uikit.Texts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that staff fill in for a promotion, in the order one thinks of it. What is wrong is said beside a field once it
 * was touched, or beside all of them once the deed was asked for.
 */
class PromotionForm extends Div {

    private final TextField name = new TextField(t("promotions.field.name"));
    private final DatePicker day = new DatePicker(t("promotions.field.day"));
    private final Checkbox yearly = new Checkbox(t("promotions.field.yearly"));
    private final AudienceFields audience;
    private final OfferFields offer;
    private final DatePicker validFrom = new DatePicker(t("promotions.field.valid_from"));
    private final DatePicker validUntil = new DatePicker(t("promotions.field.valid_until"));
    private final IntegerField maxRedemptions = new IntegerField(t("promotions.field.max_redemptions"));
    private final BigDecimalField maxCost = new BigDecimalField(t("promotions.field.max_cost"));
    private final MailFields announcement;
    private final MailFields thanks;
    private final Map<Place, Div> problems = new EnumMap<>(Place.class);
    private final Set<Place> touched = EnumSet.noneOf(Place.class);
    private final Runnable changed;
    private boolean filling;

    PromotionForm(PromotionServices services, Runnable changed) {
        this.changed = changed;
        String currency = services.businesses().current().currency().getCurrencyCode();
        List<TemplateRef> templates = services.templates().list();
        audience = new AudienceFields(services, () -> changed(Place.AUDIENCE));
        offer = new OfferFields(currency, () -> changed(Place.OFFER));
        announcement = new MailFields(
                "announce",
                false,
                templates,
                () -> services.readyMade().announcement(),
                () -> changed(Place.ANNOUNCEMENT));
        thanks = new MailFields(
                "thank", true, templates, () -> services.readyMade().thanks(), () -> changed(Place.THANKS));
        addClassName("promotion-form");
        prepareDays();
        prepareBudget(currency);
        add(
                section("promotions.section.day", List.of(Place.NAME, Place.DAY), name, day, yearly),
                section("promotions.section.audience", List.of(Place.AUDIENCE), audience),
                section("promotions.section.offer", List.of(Place.OFFER), offer),
                section("promotions.section.validity", List.of(Place.VALIDITY), validFrom, validUntil),
                section("promotions.section.budget", List.of(Place.BUDGET), maxRedemptions, maxCost),
                section("promotions.section.announcement", List.of(Place.ANNOUNCEMENT), announcement),
                section("promotions.section.thanks", List.of(Place.THANKS), thanks));
    }

    void fill(PromotionContent content) {
        filling = true;
        name.setValue(content.name());
        day.setValue(content.day());
        yearly.setValue(content.yearly());
        audience.fill(content);
        offer.setOffer(content.offer());
        validFrom.setValue(content.validFrom());
        validUntil.setValue(content.validUntil());
        maxRedemptions.setValue(content.maxRedemptions());
        maxCost.setValue(content.maxCost());
        announcement.set(content.announceWith(), content.announceAt());
        thanks.set(content.thankWith(), content.thankAt());
        filling = false;
    }

    /** What is filled in, or nothing while a day or time is missing. */
    Optional<PromotionContent> content() {
        LocalDate chosenDay = day.getValue();
        LocalDate from = validFrom.getValue();
        LocalDate until = validUntil.getValue();
        LocalDateTime announceAt = announcement.when();
        if (chosenDay == null || from == null || until == null || announceAt == null) {
            return Optional.empty();
        }
        return Optional.of(new PromotionContent(
                name.getValue(),
                chosenDay,
                yearly.getValue(),
                audience.include(),
                audience.exclude(),
                audience.topic(),
                offer.offer(),
                from,
                until,
                maxRedemptions.getValue(),
                maxCost.getValue(),
                announcement.template(),
                announceAt,
                thanks.template(),
                thanks.template() == null ? null : thanks.when()));
    }

    /** Says what is wrong beside the fields that were touched. */
    void show(List<PromotionProblem> found) {
        problems.forEach((place, line) -> {
            String words = found.stream()
                    .filter(p -> p.place() == place && touched.contains(place))
                    .map(PromotionProblem::message)
                    .findFirst()
                    .orElse("");
            line.setText(words);
            line.setVisible(!words.isEmpty());
        });
    }

    /** Says all that is wrong, and leads to the first of it. */
    void insist(List<PromotionProblem> found) {
        touched.addAll(EnumSet.allOf(Place.class));
        show(found);
        found.stream().map(PromotionProblem::place).min(Place::compareTo).ifPresent(this::jumpTo);
    }

    /** Leads to the first day or time that is missing. */
    void jumpToMissing() {
        jumpTo(
                day.getValue() == null
                        ? Place.DAY
                        : validFrom.getValue() == null || validUntil.getValue() == null
                                ? Place.VALIDITY
                                : Place.ANNOUNCEMENT);
    }

    void jumpTo(Place place) {
        Focusable<?> field = switch (place) {
            case NAME -> name;
            case DAY -> day;
            case AUDIENCE -> audience.first();
            case OFFER -> offer.first();
            case VALIDITY -> validFrom.getValue() == null ? validFrom : validUntil;
            case BUDGET -> maxRedemptions.getValue() == null ? maxCost : maxRedemptions;
            case ANNOUNCEMENT -> announcement.first();
            case THANKS -> thanks.first();
        };
        field.getElement().executeJs("this.scrollIntoView({block: 'center'})");
        field.focus();
    }

    private void prepareDays() {
        name.setMaxLength(120);
        name.setPlaceholder(t("promotions.field.name_placeholder"));
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addValueChangeListener(e -> changed(Place.NAME));
        yearly.addValueChangeListener(e -> changed(Place.DAY));
        for (DatePicker picker : List.of(day, validFrom, validUntil)) {
            DateWords.prepare(picker);
            picker.setRequiredIndicatorVisible(true);
        }
        // Everything else hangs on the day: when it moves, they move with it.
        day.addValueChangeListener(e -> {
            if (!filling && e.getOldValue() != null && e.getValue() != null) {
                moveAll(ChronoUnit.DAYS.between(e.getOldValue(), e.getValue()));
            }
            changed(Place.DAY);
        });
        validFrom.addValueChangeListener(e -> changed(Place.VALIDITY));
        validUntil.addValueChangeListener(e -> changed(Place.VALIDITY));
    }

    private void prepareBudget(String currency) {
        maxRedemptions.setMin(1);
        maxRedemptions.setPlaceholder(t("promotions.field.no_limit"));
        maxRedemptions.setValueChangeMode(ValueChangeMode.LAZY);
        maxRedemptions.addValueChangeListener(e -> changed(Place.BUDGET));
        maxCost.setLocale(Texts.locale());
        maxCost.setSuffixComponent(new Span(currency));
        maxCost.setPlaceholder(t("promotions.field.no_limit"));
        maxCost.setValueChangeMode(ValueChangeMode.LAZY);
        maxCost.addValueChangeListener(e -> changed(Place.BUDGET));
    }

    private void moveAll(long days) {
        filling = true;
        validFrom.setValue(
                validFrom.getValue() == null ? null : validFrom.getValue().plusDays(days));
        validUntil.setValue(
                validUntil.getValue() == null ? null : validUntil.getValue().plusDays(days));
        announcement.move(days);
        thanks.move(days);
        touched.addAll(EnumSet.of(Place.VALIDITY, Place.ANNOUNCEMENT, Place.THANKS));
        filling = false;
    }

    private void changed(Place place) {
        if (!filling) {
            touched.add(place);
            changed.run();
        }
    }

    private Component section(String key, List<Place> places, Component... fields) {
        H2 title = new H2(t(key));
        title.addClassName("section-title");
        Section section = new Section(title);
        Div row = new Div(fields);
        row.addClassName("promotion-fields");
        section.add(row);
        for (Place place : places) {
            Div line = new Div();
            line.addClassName("promotion-problem");
            line.getElement().setAttribute("role", "alert");
            line.setVisible(false);
            problems.put(place, line);
            section.add(line);
        }
        return section;
    }
}
