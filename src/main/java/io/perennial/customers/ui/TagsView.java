package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.TagCount;
import io.perennial.customers.bulk.BulkAction;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkUndo;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All tags with how many have them: renamed, merged and deleted in one place. */
@Route("customers/tags")
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class TagsView extends Main implements HasDynamicTitle {

    private final transient CustomerList list;
    private final transient BulkJobs jobs;
    private final transient BulkUndo undo;
    private final BulkProgress progress;
    private final Div content = new Div();

    TagsView(CustomerList list, BulkJobs jobs, BulkUndo undo) {
        this.list = list;
        this.jobs = jobs;
        this.undo = undo;
        addClassName("page");
        progress = new BulkProgress(jobs, undo, this::show);
        add(new PageHead(t("tags.title"), t("tags.lead")), CustomersNav.of("customers/tags"), progress, content);
        show();
    }

    @Override
    public String getPageTitle() {
        return t("tags.title");
    }

    private void show() {
        content.removeAll();
        List<TagCount> tags = list.tagCounts();
        if (tags.isEmpty()) {
            content.add(new EmptyState(VaadinIcon.TAG, t("tags.empty"), t("tags.empty_explained")));
            return;
        }
        UnorderedList rows = new UnorderedList();
        rows.addClassName("attribute-rows");
        tags.forEach(tag -> rows.add(row(tag)));
        content.add(rows);
        if (tags.size() == CustomerList.TAGS_SHOWN) {
            content.add(new Paragraph(t("tags.more", CustomerList.TAGS_SHOWN)));
        }
    }

    private ListItem row(TagCount tag) {
        Anchor name = new Anchor("customers?tag=" + URLEncoder.encode(tag.tag(), StandardCharsets.UTF_8), tag.tag());
        name.setRouterIgnore(false);
        Span count = new Span(t("customers.count", tag.customers()));
        count.addClassName("attribute-more");
        Div words = new Div(name, count);
        words.addClassName("attribute-words");
        Div buttons = new Div();
        buttons.addClassName("attribute-buttons");
        if (CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            buttons.add(quiet(t("tags.rename"), () -> rename(tag)), quiet(t("tags.delete"), () -> delete(tag)));
        }
        return new ListItem(words, buttons);
    }

    private void rename(TagCount tag) {
        TextField name = new TextField(t("tags.new_name"));
        name.setMaxLength(BulkAction.AddTag.LONGEST);
        name.setValue(tag.tag());
        Button go = new Button(t("tags.rename_button", tag.customers()));
        Dialog dialog =
                dialog(t("tags.rename_title", tag.tag()), new Paragraph(t("tags.merge_hint")), undoable(), name, go);
        go.addClickListener(e -> {
            if (name.getValue().isBlank()) {
                name.setErrorMessage(t("bulk.choose_tag"));
                name.setInvalid(true);
            } else if (name.getValue().strip().equals(tag.tag())) {
                dialog.close();
            } else {
                begin(dialog, tag, new BulkAction.ReplaceTag(tag.tag(), new BulkAction.AddTag(name.getValue())));
            }
        });
        name.focus();
    }

    private void delete(TagCount tag) {
        Button go = new Button(t("tags.delete_button", tag.customers()));
        go.addThemeVariants(ButtonVariant.ERROR);
        Dialog dialog = dialog(
                t("tags.delete_title", tag.tag()),
                new Paragraph(t("tags.delete_about", tag.customers())),
                undoable(),
                go);
        go.addClickListener(e -> begin(dialog, tag, new BulkAction.RemoveTag(tag.tag())));
    }

    private Paragraph undoable() {
        return new Paragraph(t(undo.hasRoom() ? "bulk.undo.can" : "bulk.undo.no_room"));
    }

    private void begin(Dialog dialog, TagCount tag, BulkAction action) {
        dialog.close();
        progress.follow(jobs.start(action, CustomerSelection.of(CustomerQuery.tagged(tag.tag()))));
    }

    /** The last of the parts is the button that does it. */
    private static Dialog dialog(String title, Component... parts) {
        Dialog dialog = new Dialog(title);
        Div form = new Div();
        form.addClassName("attribute-form");
        for (int i = 0; i < parts.length - 1; i++) {
            form.add(parts[i]);
        }
        dialog.add(form);
        Button go = (Button) parts[parts.length - 1];
        go.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(t("customers.cancel"), e -> dialog.close()), go);
        dialog.open();
        return dialog;
    }

    private static Button quiet(String words, Runnable deed) {
        Button button = new Button(words, e -> deed.run());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        return button;
    }
}
