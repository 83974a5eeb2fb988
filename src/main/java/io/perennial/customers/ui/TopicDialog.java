package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Business;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.ConsentTopic;
import io.perennial.customers.CustomerTongues;
import io.perennial.customers.TopicRefused;
import io.perennial.customers.TopicText;
import io.perennial.customers.Topics;
import io.perennial.customers.WordingVersion;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A topic's name, what it is, and the exact text of consent, in each language of customers. */
class TopicDialog extends Dialog {

    private final transient Topics topics;
    private final transient @Nullable ConsentTopic topic;
    private final transient Map<String, Draft> drafts = new HashMap<>();
    private final transient Business business;
    private final Runnable saved;
    private final TextField name = new TextField(t("privacy.topics.name"));
    private final TextField description = new TextField(t("privacy.topics.description"));
    private final Select<String> language = new Select<>();
    private final TextField ownName = new TextField(t("privacy.topics.own_name"));
    private final TextField ownDescription = new TextField(t("privacy.topics.own_description"));
    private final TextArea wording = new TextArea(t("privacy.topics.wording"));
    private final Paragraph version = new Paragraph();
    private String shown = "";

    /** What a language says, as typed so far. */
    private record Draft(String name, String description, String wording, int version) {}

    private TopicDialog(Topics topics, Business business, @Nullable ConsentTopic topic, Runnable saved) {
        this.topics = topics;
        this.business = business;
        this.topic = topic;
        this.saved = saved;
        addClassName("topic-dialog");
        setHeaderTitle(topic == null ? t("privacy.topics.add") : t("privacy.topics.edit_title", topic.name()));
        name.setRequired(true);
        name.setMaxLength(100);
        description.setMaxLength(300);
        ownName.setMaxLength(100);
        ownDescription.setMaxLength(300);
        wording.setMaxLength(1000);
        wording.setHelperText(t("privacy.topics.wording_hint"));
        add(name, description);
        if (topic != null) {
            name.setValue(topic.name());
            description.setValue(text(topic.description()));
            add(perLanguage(topic));
        }
        boolean may = CurrentStaff.may(Permission.SETTINGS_WRITE);
        List.of(name, description, ownName, ownDescription).forEach(field -> field.setReadOnly(!may));
        wording.setReadOnly(!may);
        Button close = new Button(t(may ? "customers.cancel" : "privacy.close"), e -> close());
        getFooter().add(close);
        if (may) {
            Button save = new Button(t("customers.save"), e -> save());
            save.addThemeVariants(ButtonVariant.PRIMARY);
            getFooter().add(save);
        }
    }

    static TopicDialog fresh(Topics topics, Business business, Runnable saved) {
        return new TopicDialog(topics, business, null, saved);
    }

    static TopicDialog of(Topics topics, Business business, ConsentTopic topic, Runnable saved) {
        return new TopicDialog(topics, business, topic, saved);
    }

    private Div perLanguage(ConsentTopic of) {
        for (TopicText text : topics.texts(of)) {
            drafts.put(
                    text.language(),
                    new Draft(text(text.name()), text(text.description()), text.wording(), text.version()));
        }
        language.setLabel(t("privacy.topics.language"));
        language.setItems(CustomerTongues.WRITTEN);
        language.setItemLabelGenerator(CustomerTongues::nameOf);
        language.setHelperText(t("privacy.topics.language_hint"));
        language.addValueChangeListener(e -> show(e.getValue()));
        language.setValue(CustomerTongues.written(null, business.locale()).getLanguage());
        version.addClassName("settings-changed");
        Div block = new Div(language, ownName, ownDescription, wording, version, history(of));
        block.addClassName("topic-languages");
        return block;
    }

    private void show(String next) {
        keep();
        shown = next;
        Draft draft = drafts.get(next);
        if (draft != null) {
            ownName.setValue(draft.name());
            ownDescription.setValue(draft.description());
            wording.setValue(draft.wording());
            version.setText(
                    draft.version() == 0
                            ? t("privacy.topics.version_none")
                            : t("privacy.topics.version", draft.version()));
        }
    }

    private void keep() {
        Draft before = drafts.get(shown);
        if (before != null) {
            drafts.put(
                    shown,
                    new Draft(ownName.getValue(), ownDescription.getValue(), wording.getValue(), before.version()));
        }
    }

    private Details history(ConsentTopic of) {
        Div versions = new Div();
        List<WordingVersion> all = topics.history(of.code());
        for (WordingVersion one : all) {
            Paragraph text = new Paragraph(t(
                    "privacy.topics.version_line",
                    CustomerTongues.nameOf(one.language()),
                    one.version(),
                    Formats.dateTime(one.since(), Reader.zone(business.zone())),
                    one.by(),
                    one.wording()));
            text.addClassName("consent-evidence");
            versions.add(text);
        }
        Details details = new Details(t("privacy.topics.history", all.size()), versions);
        details.setVisible(!all.isEmpty());
        return details;
    }

    private void save() {
        name.setInvalid(false);
        keep();
        try {
            if (topic == null) {
                topics.make(name.getValue(), description.getValue());
            } else {
                topics.rename(topic.code(), name.getValue(), description.getValue());
                drafts.forEach((tongue, draft) ->
                        topics.say(topic, tongue, draft.name(), draft.description(), draft.wording()));
            }
        } catch (TopicRefused e) {
            name.setErrorMessage(e.getMessage());
            name.setInvalid(true);
            name.focus();
            return;
        }
        close();
        Toasts.success(t("privacy.topics.saved"));
        saved.run();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
