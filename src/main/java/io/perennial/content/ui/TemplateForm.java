package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateSnapshot;
import io.perennial.content.TemplateVariables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a template. Tells of every pause in the typing. */
class TemplateForm extends Div {

    private static final int PAUSE_MILLIS = 600;

    private final TextField name = new TextField(t("content.name"));
    private final TextField subject = new TextField(t("content.subject"));
    private final TextField preheader = new TextField(t("content.preheader"));
    private final SourceEditor source = new SourceEditor();
    private final Checkbox ownText = new Checkbox(t("content.own_text"));
    private final TextArea text = new TextArea();
    private final TabSheet tabs = new TabSheet();
    private final Tab bodyTab;
    private final Tab textTab;
    private final MenuBar insert = new MenuBar();
    private final Runnable onChange;
    private boolean filling;
    private boolean readOnly;

    TemplateForm(Runnable onChange) {
        this.onChange = onChange;
        addClassName("template-form");
        name.setMaxLength(120);
        preheader.setHelperText(t("content.preheader_hint"));
        for (TextField field : List.of(name, subject, preheader)) {
            field.setValueChangeMode(ValueChangeMode.LAZY);
            field.setValueChangeTimeout(PAUSE_MILLIS);
            field.setWidthFull();
            field.addValueChangeListener(event -> changed(event.isFromClient()));
        }
        source.area().addValueChangeListener(event -> changed(event.isFromClient()));
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(PAUSE_MILLIS);
        text.addClassName("template-text");
        text.setWidthFull();
        text.setLabel(t("content.text"));
        text.addValueChangeListener(event -> changed(event.isFromClient()));
        ownText.setHelperText(t("content.own_text_hint"));
        ownText.addValueChangeListener(event -> {
            text.setReadOnly(readOnly || !event.getValue());
            text.setHelperText(event.getValue() ? "" : t("content.derived_text"));
            changed(event.isFromClient());
        });
        fillInsertMenu();
        Div body = new Div(insert, source);
        body.addClassName("template-body");
        Div plain = new Div(ownText, text);
        plain.addClassName("template-plain");
        tabs.addClassName("template-tabs");
        bodyTab = tabs.add(t("content.body"), body);
        textTab = tabs.add(t("content.text"), plain);
        // A list of tabs may hold nothing focusable but tabs; Vaadin's own scroller inside is.
        tabs.getElement()
                .executeJs(
                        "const list = this.querySelector('vaadin-tabs');"
                                + "list.updateComplete?.then(() => list.shadowRoot.getElementById('scroll')?.removeAttribute('tabindex'))");
        add(name, subject, preheader, tabs, help());
    }

    private void fillInsertMenu() {
        insert.addThemeVariants(MenuBarVariant.SMALL);
        SubMenu variables = insert.addItem(t("content.insert_variable")).getSubMenu();
        Map<String, SubMenu> groups = new LinkedHashMap<>();
        for (TemplateVariables.Variable variable : TemplateVariables.ALL) {
            String group = variable.name().substring(0, variable.name().indexOf('.'));
            groups.computeIfAbsent(
                            group,
                            g -> variables.addItem(t("content.group." + g)).getSubMenu())
                    .addItem(
                            t("content.variable." + variable.name()),
                            event -> source.insertVariable(variable.snippet()));
        }
        SubMenu blocks = insert.addItem(t("content.insert_block")).getSubMenu();
        for (Block block : Block.values()) {
            blocks.addItem(t(block.key()), event -> source.insertBlock(block));
        }
    }

    private static NativeDetails help() {
        Div words = new Div();
        for (String key : List.of("variables", "conditions", "filters", "safe")) {
            words.add(new Paragraph(t("content.help_" + key)));
        }
        NativeDetails help = new NativeDetails(new Span(t("content.help")), words);
        help.addClassName("template-help");
        return help;
    }

    private void changed(boolean byUser) {
        if (byUser && !filling) {
            onChange.run();
        }
    }

    /** Shows a template without telling of a change. */
    void fill(String templateName, TemplateSnapshot content) {
        filling = true;
        name.setValue(templateName);
        subject.setValue(content.subject());
        preheader.setValue(content.preheader());
        source.setSource(content.mjml());
        String own = content.text();
        ownText.setValue(own != null);
        text.setReadOnly(readOnly || own == null);
        text.setHelperText(own == null ? t("content.derived_text") : "");
        text.setValue(own == null ? "" : own);
        filling = false;
    }

    TemplateSnapshot content() {
        return new TemplateSnapshot(
                subject.getValue(),
                preheader.getValue(),
                source.area().getValue(),
                ownText.getValue() ? text.getValue() : null);
    }

    String templateName() {
        return name.getValue();
    }

    /** Marks the name as not usable, or as fine again. */
    void nameProblem(String words) {
        name.setErrorMessage(words);
        name.setInvalid(!words.isEmpty());
    }

    /** Shows the text part as it was rendered, where it is not written by hand. */
    void showDerivedText(String rendered) {
        if (!ownText.getValue()) {
            filling = true;
            text.setValue(rendered);
            filling = false;
        }
    }

    void mark(List<TemplateProblem> problems) {
        source.mark(problems);
    }

    /** Brings the cursor to where the problem is. */
    void goTo(TemplateProblem problem) {
        switch (problem.part()) {
            case SUBJECT -> subject.focus();
            case PREHEADER -> preheader.focus();
            case TEXT -> {
                tabs.setSelectedTab(textTab);
                text.focus();
            }
            case BODY -> {
                tabs.setSelectedTab(bodyTab);
                source.goToLine(Math.max(1, problem.line()));
            }
        }
    }

    void setReadOnly(boolean on) {
        readOnly = on;
        name.setReadOnly(on);
        subject.setReadOnly(on);
        preheader.setReadOnly(on);
        source.area().setReadOnly(on);
        ownText.setReadOnly(on);
        text.setReadOnly(on || !ownText.getValue());
        insert.setVisible(!on);
    }
}
