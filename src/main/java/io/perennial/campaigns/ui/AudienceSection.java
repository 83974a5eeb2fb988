package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.select.Select;
import io.perennial.campaigns.CampaignContent;
import io.perennial.customers.ConsentTopic;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who gets it. */
class AudienceSection extends EditorSection {

    private final MultiSelectComboBox<SegmentRef> include = new MultiSelectComboBox<>(t("campaigns.include"));
    private final MultiSelectComboBox<SegmentRef> exclude = new MultiSelectComboBox<>(t("campaigns.exclude"));
    private final Select<ConsentTopic> topic = new Select<>();
    private final Checkbox exempt = new Checkbox(t("campaigns.exempt"));

    AudienceSection(CampaignServices services, CampaignContent content, Runnable changed) {
        super(t("campaigns.section.who"), "");
        List<SegmentRef> segments = services.segments().listWith(content.include(), content.exclude());
        fill(include, segments, content.include(), "campaigns.include_placeholder", changed);
        include.setHelperText(t("campaigns.include_help"));
        fill(exclude, segments, content.exclude(), "campaigns.exclude_placeholder", changed);
        topic.setLabel(t("campaigns.topic"));
        topic.setHelperText(t("campaigns.topic_help"));
        List<ConsentTopic> topics = services.consent().topics();
        topic.setItems(topics);
        topic.setItemLabelGenerator(each -> each == null ? "" : each.name());
        topics.stream()
                .filter(each -> each.code().equals(content.topic()))
                .findFirst()
                .ifPresent(topic::setValue);
        topic.setVisible(!topics.isEmpty());
        topic.addValueChangeListener(e -> changed.run());
        exempt.setHelperText(t("campaigns.exempt_help"));
        exempt.setValue(content.exempt());
        exempt.setVisible(content.exempt()
                || services.contacts().cap().isPresent()
                || services.contacts().quietHours().isPresent());
        exempt.addValueChangeListener(e -> changed.run());
        addFields(include, exclude, topic, new Anchor("segments/new", t("campaigns.new_segment")), exempt);
    }

    private static void fill(
            MultiSelectComboBox<SegmentRef> box,
            List<SegmentRef> segments,
            List<SegmentId> chosen,
            String placeholder,
            Runnable changed) {
        box.setItems(segments);
        box.setItemLabelGenerator(SegmentRef::name);
        box.setPlaceholder(t(placeholder));
        box.setClearButtonVisible(true);
        box.addClassName("campaign-wide");
        Set<SegmentRef> value = chosen.stream()
                .map(id -> segments.stream()
                        .filter(s -> s.id().equals(id))
                        .findFirst()
                        .orElse(null))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        box.setValue(value);
        box.addValueChangeListener(e -> changed.run());
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

    boolean isExempt() {
        return exempt.getValue();
    }

    Focusable<?> first() {
        return include;
    }
}
