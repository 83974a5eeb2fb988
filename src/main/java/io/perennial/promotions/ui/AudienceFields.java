package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.perennial.customers.ConsentTopic;
import io.perennial.promotions.PromotionContent;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom the promotion is for. */
class AudienceFields extends Div {

    private final MultiSelectComboBox<SegmentRef> include;
    private final MultiSelectComboBox<SegmentRef> exclude;
    private final Select<ConsentTopic> topic = new Select<>();
    private final SegmentDirectory directory;
    private List<SegmentRef> known;
    private final List<ConsentTopic> topics;

    AudienceFields(PromotionServices services, Runnable changed) {
        directory = services.segments();
        known = directory.list();
        topics = services.consent().topics();
        addClassName("promotion-fields");
        include = segments("promotions.field.include", changed);
        include.setPlaceholder(t("promotions.field.everybody"));
        exclude = segments("promotions.field.exclude", changed);
        topic.setLabel(t("promotions.field.topic"));
        topic.setItems(topics);
        topic.setItemLabelGenerator(c -> c == null ? t("promotions.field.all_mail") : c.name());
        topic.setEmptySelectionAllowed(true);
        topic.setEmptySelectionCaption(t("promotions.field.all_mail"));
        topic.addValueChangeListener(e -> changed.run());
        add(include, exclude, topic);
    }

    void fill(PromotionContent content) {
        known = directory.listWith(content.include(), content.exclude());
        include.setItems(known);
        exclude.setItems(known);
        include.setValue(refs(content.include()));
        exclude.setValue(refs(content.exclude()));
        topics.stream()
                .filter(c -> c.code().equals(content.topic()))
                .findFirst()
                .ifPresent(topic::setValue);
    }

    List<SegmentId> include() {
        return include.getValue().stream().map(SegmentRef::id).toList();
    }

    List<SegmentId> exclude() {
        return exclude.getValue().stream().map(SegmentRef::id).toList();
    }

    @Nullable
    String topic() {
        ConsentTopic chosen = topic.getValue();
        return chosen == null ? null : chosen.code();
    }

    Focusable<?> first() {
        return include;
    }

    private List<SegmentRef> refs(List<SegmentId> ids) {
        return known.stream().filter(ref -> ids.contains(ref.id())).toList();
    }

    private MultiSelectComboBox<SegmentRef> segments(String key, Runnable changed) {
        MultiSelectComboBox<SegmentRef> box = new MultiSelectComboBox<>(t(key));
        box.setItemLabelGenerator(SegmentRef::name);
        box.setItems(known);
        box.addValueChangeListener(e -> changed.run());
        return box;
    }
}
