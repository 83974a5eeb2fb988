package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.content.PreviewPeople;
import io.perennial.content.RenderedMail;
import io.perennial.content.SavedTemplate;
import io.perennial.content.TemplateChangedMeanwhile;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateNameTaken;
import io.perennial.content.TemplateSnapshot;
import io.perennial.content.Templates;
import io.perennial.content.TestMailer;
import io.perennial.content.rendering.TemplateCompiler.Inspection;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Texts;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Writes a template: its fields at the left, the mail as a customer would get it at the right, saved as you go. */
@Route("templates/:id([0-9]+)")
@RolesAllowed(Permission.Names.CONTENT_READ)
class TemplateEditorView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private record Draft(String name, TemplateSnapshot content) {}

    private final Templates templates;
    private final ZoneId zone;
    private final boolean mayWrite = CurrentStaff.may(Permission.CONTENT_WRITE);
    private final TemplateForm form = new TemplateForm(this::changed);
    private final ProblemList problems = new ProblemList(form::goTo);
    private final PreviewPane preview;
    private final Span state = new Span();
    private final Button undo = new Button(t("content.undo"), event -> undoOrRedo());
    private final Button test = new Button(t("content.test"));
    private final ConflictNotice conflict = new ConflictNotice(this::showTheirs, this::keepAsCopy, this::overwrite);
    private final PageHead head;

    private @Nullable SavedTemplate saved;
    private @Nullable Draft opened;
    private @Nullable Draft undone;
    private Optional<RenderedMail> shown = Optional.empty();

    TemplateEditorView(
            Templates templates, PreviewPeople people, Businesses businesses, ObjectProvider<TestMailer> testMailer) {
        this.templates = templates;
        this.zone = Reader.zone(businesses.current().zone());
        this.preview = new PreviewPane(people);
        addClassNames("page", "page-wide");
        state.addClassName("saved-state");
        state.getElement().setAttribute("role", "status");
        undo.addThemeVariants(ButtonVariant.TERTIARY);
        undo.setVisible(false);
        test.addThemeVariants(ButtonVariant.PRIMARY);
        TestMailer mailer = testMailer.getIfAvailable();
        test.setVisible(mailer != null && mayWrite);
        test.addClickListener(event -> {
            if (mailer != null) {
                sendTest(mailer);
            }
        });
        head = new PageHead("", mayWrite ? t("content.editor_lead") : t("content.read_only"), state, undo, test);
        preview.onPerson(this::render);
        form.setReadOnly(!mayWrite);
        Div result = new Div(problems, preview);
        result.addClassName("template-result");
        Div editor = new Div(form, result);
        editor.addClassName("template-editor");
        add(head, conflict, editor);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        try {
            long id = event.getRouteParameters().getLong("id").orElseThrow();
            show(templates.open(new TemplateId(id)));
        } catch (NoSuchElementException | NumberFormatException e) {
            event.rerouteToError(NotFoundException.class);
        }
    }

    private void show(SavedTemplate template) {
        saved = template;
        opened = new Draft(template.name(), template.text());
        undone = null;
        head.setTitle(template.name());
        form.fill(template.name(), template.text());
        form.nameProblem("");
        conflict.clear();
        undo.setVisible(false);
        showSaved(template.updatedAt());
        render();
    }

    private void changed() {
        undone = null;
        undo.setText(t("content.undo"));
        render();
        save();
    }

    private void render() {
        Inspection inspection = templates.inspect(form.content());
        problems.show(inspection.problems());
        form.mark(inspection.problems());
        shown = preview.show(inspection.template());
        shown.ifPresent(mail -> form.showDerivedText(mail.text()));
    }

    private void save() {
        SavedTemplate last = saved;
        if (last == null || !mayWrite || conflict.isVisible()) {
            return;
        }
        if (form.templateName().isBlank()) {
            form.nameProblem(t("content.name_missing"));
            state.setText(t("content.not_saved"));
            return;
        }
        try {
            done(templates.update(last.id(), last.version(), form.templateName(), form.content()));
        } catch (TemplateNameTaken e) {
            form.nameProblem(t("content.name_taken"));
            state.setText(t("content.not_saved"));
        } catch (TemplateChangedMeanwhile e) {
            conflict.show(t("content.conflict", e.by(), time(e.at())), true);
            state.setText(t("content.not_saved"));
        } catch (NoSuchElementException e) {
            conflict.show(t("content.gone"), false);
            state.setText(t("content.not_saved"));
        }
    }

    private void done(SavedTemplate now) {
        saved = now;
        form.nameProblem("");
        head.setTitle(now.name());
        showSaved(now.updatedAt());
        undo.setVisible(undone != null || !new Draft(now.name(), now.text()).equals(opened));
    }

    private void undoOrRedo() {
        Draft now = new Draft(form.templateName(), form.content());
        Draft back = undone != null ? undone : opened;
        if (back == null) {
            return;
        }
        undone = undone != null ? null : now;
        undo.setText(t(undone != null ? "content.redo" : "content.undo"));
        form.fill(back.name(), back.content());
        render();
        save();
    }

    private void showTheirs() {
        if (saved != null) {
            show(templates.open(saved.id()));
        }
    }

    private void keepAsCopy() {
        SavedTemplate copy = templates.create(form.templateName(), form.content());
        getUI().ifPresent(ui -> ui.navigate("templates/" + copy.id()));
        Toasts.success(t("content.copied", copy.name()));
    }

    private void overwrite() {
        if (saved != null) {
            saved = templates.open(saved.id());
            conflict.clear();
            save();
        }
    }

    private void sendTest(TestMailer mailer) {
        shown.ifPresentOrElse(
                mail -> new TestSendDialog(mail, preview.personLabel(), mailer).open(),
                () -> Toasts.error(t("content.test_broken")));
    }

    private void showSaved(Instant at) {
        state.setText(t("content.saved", time(at)));
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(at.atZone(zone));
    }

    @Override
    public String getPageTitle() {
        return (saved == null ? t("content.menu") : saved.name()) + " · " + t("content.menu");
    }
}
