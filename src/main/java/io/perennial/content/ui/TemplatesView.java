package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.content.PreviewPeople;
import io.perennial.content.SavedTemplate;
import io.perennial.content.Templates;
import io.perennial.content.rendering.TemplateCompiler.Inspection;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.dao.DataIntegrityViolationException;

/** The templates of the business, as pictures. */
@Route("templates")
@Menu(title = "content.menu", icon = "vaadin:envelope-open-o", order = 35)
@RolesAllowed(Permission.Names.CONTENT_READ)
class TemplatesView extends Main implements HasDynamicTitle {

    /** More would make the page slow to build; the search finds the others. */
    private static final int SHOWN = 60;

    private final Templates templates;
    private final PreviewPeople people;
    private final boolean mayWrite = CurrentStaff.may(Permission.CONTENT_WRITE);
    private final TextField search = new TextField();
    private final Div content = new Div();

    TemplatesView(Templates templates, PreviewPeople people) {
        this.templates = templates;
        this.people = people;
        addClassName("page");
        PageHead head = mayWrite
                ? new PageHead(t("content.menu"), t("content.lead"), newTemplate())
                : new PageHead(t("content.menu"), t("content.lead"));
        search.setPlaceholder(t("content.search"));
        search.setAriaLabel(t("content.search"));
        search.setClearButtonVisible(true);
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(event -> show());
        search.addClassName("list-search");
        add(head, search, content);
        show();
    }

    private Button newTemplate() {
        Button button = new Button(t("content.new"), event -> getUI().ifPresent(ui -> ui.navigate("templates/new")));
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private void show() {
        List<SavedTemplate> all = templates.all();
        search.setVisible(all.size() > 6 || !search.isEmpty());
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<SavedTemplate> found = all.stream()
                .filter(template -> template.name().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(SHOWN)
                .toList();
        content.removeAll();
        if (all.isEmpty()) {
            content.add(
                    mayWrite
                            ? new EmptyState(
                                    VaadinIcon.ENVELOPE_OPEN_O,
                                    t("content.empty"),
                                    t("content.empty_lead"),
                                    newTemplate())
                            : new EmptyState(VaadinIcon.ENVELOPE_OPEN_O, t("content.empty"), t("content.empty_lead")));
        } else if (found.isEmpty()) {
            content.add(new Paragraph(t("content.none_found")));
        } else {
            Div cards = new Div();
            cards.addClassName("template-cards");
            Map<String, Object> model = people.model(people.first());
            found.forEach(template -> cards.add(card(template, model)));
            content.add(cards);
        }
    }

    private TemplateCard card(SavedTemplate template, Map<String, Object> model) {
        Inspection inspection = templates.inspect(template.text());
        RouterLink picture = new RouterLink();
        picture.setRoute(
                TemplateEditorView.class,
                new com.vaadin.flow.router.RouteParameters("id", template.id().toString()));
        picture.getElement().setAttribute("aria-label", t("content.open", template.name()));
        picture.addClassName("template-card-link");
        picture.add(TemplateCard.picture(inspection.template(), model));
        Span edited = new Span(t("content.edited", Formats.relative(template.updatedAt()), template.updatedBy()));
        edited.addClassName("template-card-note");
        Component badge = inspection.sendable()
                ? new StatusBadge(t("content.ready"), Tone.GOOD)
                : new StatusBadge(t("content.not_ready"), Tone.ATTENTION);
        Div foot = new Div(badge);
        foot.addClassName("template-card-foot");
        if (mayWrite) {
            foot.add(actions(template));
        }
        return new TemplateCard(template.name(), picture, edited, foot);
    }

    private MenuBar actions(SavedTemplate template) {
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.TERTIARY, MenuBarVariant.SMALL);
        var more = bar.addItem(VaadinIcon.ELLIPSIS_DOTS_H.create());
        more.getElement().setAttribute("aria-label", t("content.more", template.name()));
        more.getSubMenu().addItem(t("content.duplicate"), event -> {
            SavedTemplate copy = templates.create(template.name(), template.text());
            getUI().ifPresent(ui -> ui.navigate("templates/" + copy.id()));
        });
        more.getSubMenu().addItem(t("content.delete"), event -> confirmDelete(template));
        return bar;
    }

    private void confirmDelete(SavedTemplate template) {
        Dialog dialog = new Dialog(new Paragraph(t("content.delete_lead")));
        dialog.setHeaderTitle(t("content.delete_title", template.name()));
        Button delete = new Button(t("content.delete_deed"), event -> {
            dialog.close();
            try {
                templates.delete(template.id());
                Toasts.success(t("content.deleted", template.name()));
            } catch (DataIntegrityViolationException e) {
                Toasts.error(t("content.in_use", template.name()));
            }
            show();
        });
        delete.addThemeVariants(ButtonVariant.ERROR);
        dialog.getFooter().add(new Button(t("content.keep"), event -> dialog.close()), delete);
        dialog.open();
    }

    @Override
    public String getPageTitle() {
        return t("content.menu");
    }
}
