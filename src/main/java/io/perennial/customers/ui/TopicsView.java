package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.customers.ConsentTopic;
import io.perennial.customers.TopicRefused;
import io.perennial.customers.Topics;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What customers may agree to be mailed about, in which order and in which words. */
@Route("settings/topics")
@RolesAllowed(Permission.Names.SETTINGS_READ)
class TopicsView extends Main implements HasDynamicTitle {

    private static final String PATH = "settings/topics";

    private final transient Topics topics;
    private final transient Businesses businesses;
    private final UnorderedList list = new UnorderedList();

    TopicsView(Topics topics, Businesses businesses, SettingsParts parts) {
        this.topics = topics;
        this.businesses = businesses;
        addClassNames("page", "settings");
        PageHead head = CurrentStaff.may(Permission.SETTINGS_WRITE)
                ? new PageHead(t("privacy.topics.title"), t("privacy.topics.lead"), addButton())
                : new PageHead(t("privacy.topics.title"), t("privacy.topics.read_only"));
        list.addClassName("card");
        Div staff = new Div(list);
        staff.addClassName("staff-list");
        add(head, parts.nav(PATH), staff);
        refresh();
    }

    private Button addButton() {
        Button add = new Button(
                t("privacy.topics.add"),
                e -> TopicDialog.fresh(topics, businesses.current(), this::refresh)
                        .open());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        return add;
    }

    private void refresh() {
        List<ConsentTopic> all = topics.all();
        List<ConsentTopic> offered =
                all.stream().filter(topic -> !topic.archived()).toList();
        list.removeAll();
        for (ConsentTopic topic : all) {
            int place = offered.indexOf(topic);
            list.add(row(topic, place > 0, place >= 0 && place < offered.size() - 1));
        }
    }

    private ListItem row(ConsentTopic topic, boolean up, boolean down) {
        Span name = new Span(topic.name());
        name.addClassName("face-name");
        if (topic.archived()) {
            name.add(new StatusBadge(t("privacy.topics.archived"), Tone.NEUTRAL));
        }
        Div words = new Div(name);
        if (topic.description() != null) {
            Span note = new Span(topic.description());
            note.addClassName("face-note");
            words.add(note);
        }
        words.addClassNames("face-words", "topic-words");
        return new ListItem(words, controls(topic, up, down));
    }

    private Component controls(ConsentTopic topic, boolean up, boolean down) {
        Div controls = new Div();
        controls.addClassName("staff-controls");
        boolean may = CurrentStaff.may(Permission.SETTINGS_WRITE);
        if (may && !topic.archived()) {
            controls.add(arrow(topic, true, up), arrow(topic, false, down));
        }
        Button words = new Button(
                t(may ? "privacy.topics.edit" : "privacy.topics.look"),
                e -> TopicDialog.of(topics, businesses.current(), topic, this::refresh)
                        .open());
        words.setAriaLabel(t("privacy.topics.edit_of", topic.name()));
        words.addThemeVariants(ButtonVariant.TERTIARY);
        controls.add(words);
        if (may && !ConsentTopic.NEWS.equals(topic.code())) {
            Button archive = new Button(
                    t(topic.archived() ? "privacy.topics.restore" : "privacy.topics.archive"),
                    e -> archive(topic, !topic.archived()));
            archive.setAriaLabel(
                    t(topic.archived() ? "privacy.topics.restore_of" : "privacy.topics.archive_of", topic.name()));
            archive.addThemeVariants(ButtonVariant.TERTIARY);
            controls.add(archive);
        }
        return controls;
    }

    private Button arrow(ConsentTopic topic, boolean up, boolean enabled) {
        Button arrow = new Button((up ? VaadinIcon.ARROW_UP : VaadinIcon.ARROW_DOWN).create(), e -> {
            topics.move(topic.code(), up);
            refresh();
        });
        arrow.setAriaLabel(t(up ? "privacy.topics.up" : "privacy.topics.down", topic.name()));
        arrow.addThemeVariants(ButtonVariant.TERTIARY);
        arrow.setEnabled(enabled);
        return arrow;
    }

    private void archive(ConsentTopic topic, boolean archived) {
        try {
            topics.archive(topic.code(), archived);
            Toasts.success(t(archived ? "privacy.topics.archived_now" : "privacy.topics.restored_now", topic.name()));
        } catch (TopicRefused e) {
            Toasts.error(String.valueOf(e.getMessage()));
        }
        refresh();
    }

    @Override
    public String getPageTitle() {
        return t("privacy.topics.title");
    }

    @Configuration(proxyBeanMethods = false)
    static class Part {

        @Bean
        SettingsPart topicsPart() {
            return new SettingsPart("privacy.topics.tab", PATH, Permission.SETTINGS_READ, SettingsGroup.CUSTOMERS, 50);
        }
    }
}
