package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.perennial.content.CompiledTemplate;
import io.perennial.content.PreviewPeople;
import io.perennial.content.PreviewPeople.Person;
import io.perennial.content.RenderedMail;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The mail as one person would get it, at the width of a desktop or a phone, in light or dark. */
class PreviewPane extends Section {

    private final PreviewPeople people;
    private final ComboBox<Person> person = new ComboBox<>(t("content.as"));
    private final MailFrame frame = new MailFrame(t("content.preview_of"));
    private final Span subject = new Span();
    private final Span preheader = new Span();
    private final Span broken = new Span(t("content.preview_broken"));
    private final Checkbox dark = new Checkbox(t("content.dark"));
    private String html = "";
    private Runnable onPerson = () -> {};
    private Map<String, Object> model = Map.of();

    PreviewPane(PreviewPeople people) {
        this.people = people;
        addClassName("preview-pane");
        getElement().setAttribute("aria-label", t("content.preview"));
        H2 heading = new H2(t("content.preview"));
        heading.addClassName("section-title");
        person.setItems(
                query -> people.search(query.getFilter().orElse(""), query.getOffset(), query.getLimit()).stream());
        person.setItemLabelGenerator(PreviewPane::label);
        person.addClassName("preview-person");
        choose(people.first());
        person.addValueChangeListener(event -> {
            if (event.getValue() != null) {
                choose(event.getValue());
                onPerson.run();
            }
        });
        subject.addClassName("preview-subject");
        preheader.addClassName("preview-preheader");
        broken.addClassName("preview-broken");
        broken.setVisible(false);
        Div line = new Div(subject, preheader);
        line.addClassName("preview-inbox");
        Div stage = new Div(frame);
        stage.addClassName("preview-stage");
        stage.getElement().setAttribute("tabindex", "0"); // wider than a narrow page, so it scrolls by keyboard too
        stage.getElement().setAttribute("role", "group");
        stage.getElement().setAttribute("aria-label", t("content.preview_of"));
        add(heading, controls(stage), line, broken, stage);
    }

    private Div controls(Div stage) {
        RadioButtonGroup<Boolean> width = new RadioButtonGroup<>(t("content.width"));
        width.setItems(false, true);
        width.setItemLabelGenerator(phone -> t(phone ? "content.phone" : "content.desktop"));
        width.setValue(false);
        width.addValueChangeListener(event -> stage.setClassName("preview-phone", event.getValue()));
        dark.addValueChangeListener(event -> {
            stage.setClassName("preview-dark", event.getValue());
            frame.show(html, event.getValue());
        });
        Div controls = new Div(person, width, dark);
        controls.addClassName("preview-controls");
        return controls;
    }

    /** Called when somebody else is to be shown. */
    void onPerson(Runnable listener) {
        onPerson = listener;
    }

    /** Who is shown, in words. */
    String personLabel() {
        Person chosen = person.getValue();
        return chosen == null ? "" : label(chosen);
    }

    private void choose(Person chosen) {
        person.setValue(chosen);
        model = people.model(chosen);
    }

    /**
     * Shows a template, or keeps what was shown last with a word about it.
     *
     * @param template null if it does not compile
     * @return what was rendered
     */
    Optional<RenderedMail> show(@Nullable CompiledTemplate template) {
        if (template == null) {
            broken.setText(t("content.preview_broken"));
            broken.setVisible(true);
            return Optional.empty();
        }
        try {
            RenderedMail mail = template.render(model);
            broken.setVisible(false);
            subject.setText(mail.subject().isBlank() ? t("content.no_subject") : mail.subject());
            preheader.setText(preheader(mail.html()));
            html = mail.html();
            frame.show(html, dark.getValue());
            return Optional.of(mail);
        } catch (CompiledTemplate.RenderFailed e) {
            broken.setText(e.getMessage());
            broken.setVisible(true);
            return Optional.empty();
        }
    }

    /** What a list of mails shows behind the subject: the hidden first line. */
    private static String preheader(String html) {
        Element first = Jsoup.parse(html).body().firstElementChild();
        return first != null && first.attr("style").contains("display:none") ? first.text() : "";
    }

    private static String label(Person person) {
        return switch (person) {
            case Person.Real real -> real.label();
            case Person.Nameless none -> t("content.person.nameless");
            case Person.Longest longest -> t("content.person.longest");
        };
    }
}
