package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.content.TemplateRef;
import io.perennial.customers.ConsentTopic;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionProblem;
import io.perennial.promotions.PromotionProblem.Place;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import io.perennial.uikit.Texts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that staff fill in for a promotion, in the order one thinks of it. */
class PromotionForm extends Div {

    private final TextField name = new TextField(t("promotions.field.name"));
    private final DatePicker day = new DatePicker(t("promotions.field.day"));
    private final Checkbox yearly = new Checkbox(t("promotions.field.yearly"));
    private final MultiSelectComboBox<SegmentRef> include = segments("promotions.field.include");
    private final MultiSelectComboBox<SegmentRef> exclude = segments("promotions.field.exclude");
    private final Select<ConsentTopic> topic = new Select<>();
    private final OfferFields offer;
    private final DatePicker validFrom = new DatePicker(t("promotions.field.valid_from"));
    private final DatePicker validUntil = new DatePicker(t("promotions.field.valid_until"));
    private final IntegerField maxRedemptions = new IntegerField(t("promotions.field.max_redemptions"));
    private final BigDecimalField maxCost = new BigDecimalField(t("promotions.field.max_cost"));
    private final MailFields announcement;
    private final MailFields thanks;
    private final Map<Place, Div> problems = new EnumMap<>(Place.class);
    private final List<SegmentRef> known;
    private final List<ConsentTopic> topics;
    private final Runnable changed;
    private boolean filling;

    PromotionForm(PromotionServices services, Runnable changed) {
        this.changed = changed;
        String currency = services.businesses().current().currency().getCurrencyCode();
        List<TemplateRef> templates = services.templates().list();
        known = services.segments().list();
        topics = services.consent().topics();
        offer = new OfferFields(currency, this::changed);
        announcement = new MailFields(
                t("promotions.field.announce_with"),
                t("promotions.field.announce_at"),
                false,
                templates,
                () -> services.readyMade().announcement(),
                this::changed);
        thanks = new MailFields(
                t("promotions.field.thank_with"),
                t("promotions.field.thank_at"),
                true,
                templates,
                () -> services.readyMade().thanks(),
                this::changed);
        addClassName("promotion-form");
        prepare(currency);
        add(
                section("promotions.section.day", List.of(Place.NAME, Place.DAY), name, day, yearly),
                section("promotions.section.audience", List.of(Place.AUDIENCE), include, exclude, topic),
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
        include.setValue(refs(content.include()));
        exclude.setValue(refs(content.exclude()));
        topics.stream()
                .filter(c -> c.code().equals(content.topic()))
                .findFirst()
                .ifPresent(topic::setValue);
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
                ids(include),
                ids(exclude),
                topic.getValue() == null ? null : topic.getValue().code(),
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

    void show(List<PromotionProblem> found) {
        problems.forEach((place, line) -> {
            String words = found.stream()
                    .filter(p -> p.place() == place)
                    .map(PromotionProblem::message)
                    .findFirst()
                    .orElse("");
            line.setText(words);
            line.setVisible(!words.isEmpty());
        });
    }

    private void prepare(String currency) {
        name.setMaxLength(120);
        name.setPlaceholder(t("promotions.field.name_placeholder"));
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addValueChangeListener(e -> changed());
        yearly.addValueChangeListener(e -> changed());
        include.setItems(known);
        include.setPlaceholder(t("promotions.field.everybody"));
        exclude.setItems(known);
        include.addValueChangeListener(e -> changed());
        exclude.addValueChangeListener(e -> changed());
        topic.setLabel(t("promotions.field.topic"));
        topic.setItems(topics);
        topic.setItemLabelGenerator(c -> c == null ? t("promotions.field.all_mail") : c.name());
        topic.setEmptySelectionAllowed(true);
        topic.setEmptySelectionCaption(t("promotions.field.all_mail"));
        topic.addValueChangeListener(e -> changed());
        for (DatePicker picker : List.of(day, validFrom, validUntil)) {
            picker.setLocale(Texts.locale());
            picker.setRequiredIndicatorVisible(true);
        }
        // Everything else hangs on the day: when it moves, they move with it.
        day.addValueChangeListener(e -> {
            if (!filling && e.getOldValue() != null && e.getValue() != null) {
                moveAll(ChronoUnit.DAYS.between(e.getOldValue(), e.getValue()));
            }
            changed();
        });
        validFrom.addValueChangeListener(e -> changed());
        validUntil.addValueChangeListener(e -> changed());
        maxRedemptions.setMin(1);
        maxRedemptions.setPlaceholder(t("promotions.field.no_limit"));
        maxRedemptions.setValueChangeMode(ValueChangeMode.LAZY);
        maxRedemptions.addValueChangeListener(e -> changed());
        maxCost.setLocale(Texts.locale());
        maxCost.setSuffixComponent(new Span(currency));
        maxCost.setPlaceholder(t("promotions.field.no_limit"));
        maxCost.setValueChangeMode(ValueChangeMode.LAZY);
        maxCost.addValueChangeListener(e -> changed());
    }

    private void moveAll(long days) {
        filling = true;
        validFrom.setValue(
                validFrom.getValue() == null ? null : validFrom.getValue().plusDays(days));
        validUntil.setValue(
                validUntil.getValue() == null ? null : validUntil.getValue().plusDays(days));
        announcement.move(days);
        thanks.move(days);
        filling = false;
    }

    private void changed() {
        if (!filling) {
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

    private List<SegmentRef> refs(List<SegmentId> ids) {
        return known.stream().filter(ref -> ids.contains(ref.id())).toList();
    }

    private static List<SegmentId> ids(MultiSelectComboBox<SegmentRef> box) {
        return box.getValue().stream().map(SegmentRef::id).toList();
    }

    private static MultiSelectComboBox<SegmentRef> segments(String key) {
        MultiSelectComboBox<SegmentRef> box = new MultiSelectComboBox<>(t(key));
        box.setItemLabelGenerator(SegmentRef::name);
        return box;
    }
}
