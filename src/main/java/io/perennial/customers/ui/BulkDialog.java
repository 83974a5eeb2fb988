package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentTopic;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.attributes.InvalidAttributeValue;
import io.perennial.customers.bulk.BulkAction;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkUndo;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Asks what a deed on many needs to know, says how many it is for and whether it can be undone, and begins it. */
class BulkDialog extends Dialog {

    private final transient BulkJobs jobs;
    private final transient CustomerSelection selection;
    private final long count;
    private final transient LongConsumer begun;
    private final Div form = new Div();
    private final Paragraph problem = new Paragraph();

    BulkDialog(
            BulkJobs jobs,
            BulkUndo undo,
            CustomerSelection selection,
            long count,
            BulkBar.Deed deed,
            LongConsumer begun) {
        this.jobs = jobs;
        this.selection = selection;
        this.count = count;
        this.begun = begun;
        addClassName("bulk-dialog");
        setHeaderTitle(t("bulk.deed." + BulkBar.word(deed)));
        form.addClassName("attribute-form");
        form.add(new Paragraph(t("bulk.about." + BulkBar.word(deed))));
        if (deed.isUndoable()) {
            form.add(new Paragraph(t(undo.hasRoom() ? "bulk.undo.can" : "bulk.undo.no_room")));
        }
        problem.addClassName("attribute-problem");
        problem.getElement().setAttribute("role", "alert");
        add(form);
    }

    /** Asks for a tag, one in use or a new one. */
    BulkDialog forTag(CustomerList list, boolean add) {
        ComboBox<String> tag = new ComboBox<>(t("customers.filter.tag"), list.tags());
        tag.setAllowCustomValue(add);
        tag.addCustomValueSetListener(e -> tag.setValue(e.getDetail().strip()));
        return ask(tag, t(add ? "bulk.button.add_tag" : "bulk.button.remove_tag", count), () -> {
            String value = tag.getValue();
            if (value == null || value.isBlank()) {
                return refuse(tag, t("bulk.choose_tag"));
            }
            if (value.strip().length() > BulkAction.AddTag.LONGEST) {
                return refuse(tag, t("bulk.long_tag", BulkAction.AddTag.LONGEST));
            }
            return Optional.of(add ? new BulkAction.AddTag(value) : new BulkAction.RemoveTag(value));
        });
    }

    /** Asks for a list, one that is there or a new one by its name. */
    BulkDialog forList(CustomerLists lists, boolean add) {
        ListChoice which = new ListChoice(lists, add);
        return ask(
                which,
                t(add ? "bulk.button.add_to_list" : "bulk.button.remove_from_list", count),
                () -> count > CustomerLists.MOST
                        ? refuse(t("bulk.long_list", CustomerLists.MOST))
                        : which.chosen()
                                .map(list -> add
                                        ? new BulkAction.AddToList(list.id(), list.name())
                                        : new BulkAction.RemoveFromList(list.id(), list.name())),
                wanted -> jobs.startOnList(wanted, selection));
    }

    /** Asks for an attribute and its value; none takes the values away. */
    BulkDialog forAttribute(CustomerAttributes attributes) {
        List<CustomerAttribute> all = attributes.list();
        if (all.isEmpty()) {
            return withoutAttributes();
        }
        Select<CustomerAttribute> which = new Select<>();
        which.setLabel(t("bulk.attribute"));
        which.setItems(all);
        which.setItemLabelGenerator(CustomerAttribute::name);
        Div place = new Div();
        place.addClassName("attribute-form");
        @Nullable AttributeInput[] input = {null};
        which.addValueChangeListener(e -> {
            AttributeInput fresh = AttributeInput.of(e.getValue(), null);
            input[0] = fresh;
            place.removeAll();
            place.add(fresh.field());
        });
        Div fields = new Div(which, place);
        fields.addClassName("attribute-form");
        return ask(fields, t("bulk.button.set_attribute", count), () -> {
            AttributeInput now = input[0];
            if (now == null) {
                return refuse(which, t("bulk.choose_attribute"));
            }
            try {
                return now.isUnreadable()
                        ? refuse(t("attributes.cannot_be_read"))
                        : Optional.of(new BulkAction.SetAttribute(now.attribute(), now.read()));
            } catch (InvalidAttributeValue e) {
                return refuse(e.getMessage());
            }
        });
    }

    private BulkDialog withoutAttributes() {
        Anchor define = new Anchor(AttributesView.PATH, t("bulk.define_attributes"));
        define.setRouterIgnore(false);
        form.add(new Paragraph(t("bulk.no_attributes")));
        if (CurrentStaff.may(Permission.SETTINGS_WRITE)) {
            form.add(define);
        }
        getFooter().add(new Button(t("customers.cancel"), e -> close()));
        return this;
    }

    /** Asks which topic they do not want any more. */
    BulkDialog forTopic(ConsentService consents) {
        Select<ConsentTopic> topic = new Select<>();
        topic.setLabel(t("bulk.topic"));
        topic.setItems(consents.topics());
        topic.setItemLabelGenerator(ConsentTopic::name);
        return ask(
                topic,
                t("bulk.button.withdraw_consent", count),
                () -> topic.getValue() == null
                        ? refuse(topic, t("bulk.choose_topic"))
                        : Optional.of(
                                new BulkAction.WithdrawConsent(topic.getValue().code())));
    }

    /** Asks why nobody may mail them. */
    BulkDialog forReason() {
        TextField reason = new TextField(t("bulk.reason"));
        reason.setMaxLength(200);
        return ask(
                reason,
                t("bulk.button.suppress", count),
                () -> reason.getValue().isBlank()
                        ? refuse(reason, t("bulk.give_reason"))
                        : Optional.of(new BulkAction.Suppress(reason.getValue().strip())));
    }

    /** Asks for the number to be typed: what was erased does not come back. */
    BulkDialog forErasing() {
        TextField typed = new TextField(t("bulk.type_number", count));
        Button erase = button(t("bulk.button.erase", count));
        erase.addThemeVariants(ButtonVariant.ERROR);
        if (count > BulkJobs.MOST_ERASED) {
            form.add(new Paragraph(t("bulk.too_many_to_erase", BulkJobs.MOST_ERASED)));
            erase.setEnabled(false);
        } else {
            form.add(typed, problem);
        }
        erase.addClickListener(e -> {
            if (!typed.getValue().strip().equals(Long.toString(count))) {
                refuse(typed, t("bulk.wrong_number", Long.toString(count)));
                return;
            }
            try {
                done(jobs.erase(selection, count));
            } catch (IllegalArgumentException wrong) { // somebody came or went meanwhile
                problem.setText(t("bulk.changed_meanwhile"));
            }
        });
        getFooter().add(new Button(t("customers.cancel"), e -> close()), erase);
        focusWhenOpen(typed);
        return this;
    }

    private BulkDialog ask(Component field, String button, Supplier<Optional<BulkAction>> action) {
        return ask(field, button, action, wanted -> jobs.start(wanted, selection));
    }

    private BulkDialog ask(
            Component field, String button, Supplier<Optional<BulkAction>> action, ToLongFunction<BulkAction> begin) {
        form.add(field, problem);
        if (field instanceof Focusable<?> first) {
            focusWhenOpen(first);
        }
        Button go = button(button);
        go.addClickListener(e -> action.get().ifPresent(wanted -> done(begin.applyAsLong(wanted))));
        getFooter().add(new Button(t("customers.cancel"), e -> close()), go);
        return this;
    }

    private void focusWhenOpen(Focusable<?> field) {
        addOpenedChangeListener(e -> {
            if (e.isOpened()) {
                field.focus();
            }
        });
    }

    /** What is wrong with a field stands at the field. */
    private static <F extends HasValidation & Focusable<?>> Optional<BulkAction> refuse(F field, String why) {
        field.setErrorMessage(why);
        field.setInvalid(true);
        field.focus();
        return Optional.empty();
    }

    private Optional<BulkAction> refuse(String why) {
        problem.setText(why);
        return Optional.empty();
    }

    private static Button button(String words) {
        Button button = new Button(words);
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private void done(long job) {
        close();
        begun.accept(job);
    }
}
