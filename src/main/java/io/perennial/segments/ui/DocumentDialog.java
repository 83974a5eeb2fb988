package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.perennial.segments.InvalidDocument;
import io.perennial.segments.InvalidRule;
import io.perennial.segments.Rule;
import io.perennial.segments.RuleProblem;
import io.perennial.segments.Rules;
import io.perennial.segments.SegmentId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A rule as the document it is kept as, to copy elsewhere; one brought from elsewhere takes its place. */
class DocumentDialog extends Dialog {

    /** More faults than that are mended in rounds. */
    private static final int MOST_FAULTS = 5;

    private final transient Rules rules;
    private final transient @Nullable SegmentId self;
    private final transient Consumer<Rule> taken;
    private final TextArea text = new TextArea(t("segments.document"));
    private final Div faults = new Div();

    /**
     * @param self whose rule it is; nothing for a new segment
     * @param taken told the rule to use instead; nothing where it may only be read
     */
    DocumentDialog(Rules rules, Rule rule, @Nullable SegmentId self, @Nullable Consumer<Rule> taken) {
        this.rules = rules;
        this.self = self;
        this.taken = taken == null ? _ -> {} : taken;
        setWidth("min(680px, 100%)");
        setHeaderTitle(t("segments.document.title"));
        text.setValue(rules.document(rule));
        text.setReadOnly(taken == null);
        text.setManualValidation(true);
        text.setWidthFull();
        text.addClassName("rule-document");
        faults.addClassName("rule-document-faults");
        faults.getElement().setAttribute("role", "alert");
        add(lead(taken != null), text, faults);
        getFooter().add(new Button(t(taken == null ? "segments.close" : "segments.cancel_plain"), e -> close()));
        if (taken != null) {
            Button use = new Button(t("segments.document.use"), e -> use());
            use.addThemeVariants(ButtonVariant.PRIMARY);
            getFooter().add(use);
        }
    }

    private static Paragraph lead(boolean writable) {
        Anchor schema = new Anchor(
                DownloadHandler.forClassResource(
                        Rule.class, "/schema/segment-rule.schema.json", "segment-rule.schema.json"),
                t("segments.document.schema"));
        schema.setDownload(true);
        return new Paragraph(
                new Span(t(writable ? "segments.document.lead" : "segments.document.lead_reading") + " "), schema);
    }

    private void use() {
        faults.removeAll();
        text.setInvalid(false);
        try {
            taken.accept(rules.read(text.getValue(), self));
            close();
        } catch (InvalidDocument e) {
            show(List.of(fault(e.pointer(), e.words())));
        } catch (InvalidRule e) {
            show(e.problems().stream()
                    .limit(MOST_FAULTS)
                    .map((RuleProblem problem) -> fault(problem.pointer(), problem.message()))
                    .toList());
        }
    }

    private void show(List<ListItem> found) {
        text.setInvalid(true);
        faults.add(new Paragraph(t("segments.document.refused")), new UnorderedList(found.toArray(ListItem[]::new)));
        text.focus();
    }

    private static ListItem fault(String pointer, String words) {
        return pointer.isEmpty() ? new ListItem(words) : new ListItem(new Code(pointer), new Span(" " + words));
    }
}
