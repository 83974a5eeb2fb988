package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerMerges;
import io.perennial.customers.CustomerNotFound;
import io.perennial.customers.Customers;
import io.perennial.customers.MergeFields;
import io.perennial.customers.MergePreview;
import io.perennial.customers.MergePreviews;
import io.perennial.customers.MergeRefused;
import io.perennial.customers.attributes.AttributeId;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Card;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two customers side by side: which values win, what moves, and then they are one. */
@Route("customers/merge/:first([0-9]{1,18})/:second([0-9]{1,18})")
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class MergeView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient Customers customers;
    private final transient CustomerMerges merges;
    private final transient MergePreviews previews;
    private final transient CustomerAttributes attributes;
    private final transient Map<String, RadioButtonGroup<Boolean>> fields = new LinkedHashMap<>();
    private final transient Map<AttributeId, RadioButtonGroup<Boolean>> own = new LinkedHashMap<>();
    private final Div result = new Div();
    private final Div same = new Div();
    private final ListItem taken = new ListItem();
    private transient @Nullable Customer survivor;
    private transient @Nullable Customer merged;

    MergeView(Customers customers, CustomerMerges merges, MergePreviews previews, CustomerAttributes attributes) {
        this.customers = customers;
        this.merges = merges;
        this.previews = previews;
        this.attributes = attributes;
        addClassName("page");
        result.addClassName("merge-result");
    }

    static RouteParameters parameters(CustomerId first, CustomerId second) {
        return new RouteParameters(Map.of("first", first.toString(), "second", second.toString()));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<Customer> first = find(event, "first");
        Optional<Customer> second = find(event, "second");
        if (first.isEmpty()
                || second.isEmpty()
                || first.get().id().equals(second.get().id())) {
            event.rerouteToError(NotFoundException.class, t("customers.not_found"));
            return;
        }
        // Who ordered more is kept unless somebody says otherwise: more stays where it is.
        boolean swap = customers.summary(second.get().id()).orders()
                > customers.summary(first.get().id()).orders();
        show(swap ? second.get() : first.get(), swap ? first.get() : second.get());
    }

    private Optional<Customer> find(BeforeEnterEvent event, String name) {
        return event.getRouteParameters()
                .get(name)
                .map(Long::parseLong)
                .filter(id -> id > 0)
                .flatMap(id -> customers.find(new CustomerId(id)));
    }

    private void show(Customer keep, Customer go) {
        survivor = keep;
        merged = go;
        removeAll();
        fields.clear();
        own.clear();
        add(new PageHead(
                t("privacy.merge.title"), t("privacy.merge.lead", CustomerMerges.UNDO_DAYS), actions(keep, go)));
        Map<String, @Nullable String> kept = previews.fields(keep.id());
        Map<String, @Nullable String> gone = previews.fields(go.id());
        Div table = new Div(head(keep, true), head(go, false));
        table.addClassName("merge-table");
        same.removeAll();
        for (String field : MergeFields.ALL) {
            String one = CustomerDetails.words(field, kept.get(field));
            String two = CustomerDetails.words(field, gone.get(field));
            if (one != null || two != null) {
                place(table, t("customers.field." + field), one, two, choice -> fields.put(field, choice));
            }
        }
        attributeRows(keep, go, table);
        if (fields.isEmpty() && own.isEmpty()) {
            Paragraph none = new Paragraph(t("privacy.merge.no_choice"));
            none.addClassName("merge-none");
            table.add(none);
        }
        if (same.getComponentCount() > 0) {
            Div rest = new Div(new H3(t("privacy.merge.stays_anyway")), same);
            rest.addClassName("merge-rest");
            table.add(rest);
        }
        Div main = new Div(Card.titled(t("privacy.merge.values"), table));
        Div side = new Div(Card.titled(t("privacy.merge.result"), result));
        main.addClassName("profile-main");
        side.addClassName("profile-side");
        Div columns = new Div(main, side);
        columns.addClassName("profile-columns");
        add(columns);
        preview(keep, go);
    }

    private Component[] actions(Customer keep, Customer go) {
        if (!CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            return new Component[0];
        }
        Button swap = new Button(t("privacy.merge.swap"), e -> show(go, keep));
        Button merge = new Button(t("privacy.merge.now", keep.displayName()), e -> merge());
        merge.addThemeVariants(ButtonVariant.PRIMARY);
        return new Component[] {swap, merge};
    }

    private Component head(Customer customer, boolean kept) {
        var summary = customers.summary(customer.id());
        RouterLink name =
                new RouterLink(customer.displayName(), CustomerView.class, CustomerView.parameters(customer.id()));
        Paragraph note = new Paragraph(t(kept ? "privacy.merge.kept" : "privacy.merge.gone", summary.orders()));
        note.addClassName("face-note");
        Div head = new Div(name, note);
        head.addClassName("merge-head");
        return head;
    }

    private void attributeRows(Customer keep, Customer go, Div table) {
        Map<CustomerAttribute, AttributeValue> kept = attributes.of(keep.id());
        Map<CustomerAttribute, AttributeValue> gone = attributes.of(go.id());
        for (CustomerAttribute attribute : attributes.list()) {
            AttributeValue one = kept.get(attribute);
            AttributeValue two = gone.get(attribute);
            if (one != null || two != null) {
                place(
                        table,
                        attribute.name(),
                        one == null ? null : AttributeWords.of(attribute, one),
                        two == null ? null : AttributeWords.of(attribute, two),
                        choice -> own.put(attribute.id(), choice));
            }
        }
    }

    /** What has to be chosen stands first; what needs no choice is kept together below. */
    private void place(
            Div table,
            String label,
            @Nullable String one,
            @Nullable String two,
            Consumer<RadioButtonGroup<Boolean>> chosen) {
        if (one != null && two != null && !one.equals(two)) {
            table.add(choice(label, one, two, chosen));
            return;
        }
        Div only = new Div(new Paragraph(label), new Paragraph(one == null ? two : one));
        only.addClassName("merge-same");
        same.add(only);
    }

    private Component choice(String label, String one, String two, Consumer<RadioButtonGroup<Boolean>> chosen) {
        RadioButtonGroup<Boolean> choice = new RadioButtonGroup<>(label);
        choice.setItems(false, true);
        choice.setItemLabelGenerator(takes -> Boolean.TRUE.equals(takes) ? two : one);
        choice.setValue(false);
        choice.addClassName("merge-choice");
        choice.setReadOnly(!CurrentStaff.may(Permission.CUSTOMER_WRITE));
        choice.addValueChangeListener(e -> countTaken());
        chosen.accept(choice);
        return choice;
    }

    private void preview(Customer keep, Customer go) {
        MergePreview preview = previews.of(keep.id(), go.id());
        UnorderedList list = new UnorderedList();
        list.add(taken);
        countTaken();
        String moved = EraseDialog.counted(preview.moved());
        list.add(new ListItem(
                moved.equals(Formats.NONE)
                        ? t("privacy.merge.nothing_moves", keep.displayName())
                        : t("privacy.merge.moves", moved, keep.displayName())));
        String staying = EraseDialog.counted(preview.staying());
        if (!staying.equals(Formats.NONE)) {
            list.add(new ListItem(t("privacy.merge.stays", staying)));
        }
        if (!preview.withdrawn().isEmpty()) {
            list.add(new ListItem(t("privacy.merge.withdrawn", String.join(", ", preview.withdrawn()))));
        }
        if (preview.suppressed() != null) {
            list.add(new ListItem(t("privacy.merge.suppressed", SuppressedView.words(preview.suppressed()))));
        }
        list.add(
                new ListItem(t("privacy.merge.rest")),
                new ListItem(t("privacy.merge.files", go.displayName())),
                new ListItem(t("privacy.merge.undo", CustomerMerges.UNDO_DAYS)));
        result.removeAll();
        result.add(list);
    }

    private static <K> Set<K> taken(Map<K, RadioButtonGroup<Boolean>> choices) {
        return choices.entrySet().stream()
                .filter(choice -> Boolean.TRUE.equals(choice.getValue().getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Says how many values are of whom, as they are chosen. */
    private void countTaken() {
        Customer keep = survivor;
        Customer go = merged;
        int all = fields.size() + own.size();
        taken.setVisible(all > 0);
        if (keep != null && go != null) {
            int ofGo = taken(fields).size() + taken(own).size();
            taken.setText(t("privacy.merge.taken", all, ofGo));
        }
    }

    private void merge() {
        Customer keep = survivor;
        Customer go = merged;
        if (keep == null || go == null) {
            return;
        }
        try {
            merges.merge(keep.id(), go.id(), taken(fields), taken(own));
        } catch (MergeRefused e) {
            Toasts.error(String.valueOf(e.getMessage()));
            return;
        } catch (CustomerNotFound e) {
            Toasts.error(t("customers.not_found"));
            return;
        }
        Toasts.success(t("privacy.merge.done", go.displayName(), keep.displayName()));
        getUI().ifPresent(ui -> ui.navigate(CustomerView.class, CustomerView.parameters(keep.id())));
    }

    @Override
    public String getPageTitle() {
        return t("privacy.merge.title");
    }
}
