package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.accounts.signin.OnlyProvider;
import io.perennial.accounts.signin.Providers;
import io.perennial.accounts.signin.Providers.Choice;
import io.perennial.uikit.Toasts;
import java.util.ArrayList;
import java.util.List;

/** Whether one OpenID provider alone lets the business's people in. An owner decides; others read it. */
class OnlyProviderPart extends Section {

    private static final String ANY = "";

    private final OnlyProvider only;
    private final Providers providers;
    private final RadioButtonGroup<String> way = new RadioButtonGroup<>();
    private final Paragraph note = new Paragraph();

    OnlyProviderPart(OnlyProvider only, Providers providers, StepUp proof) {
        this.only = only;
        this.providers = providers;
        addClassName("settings-group");
        way.setLabel(t("accounts.only.field"));
        List<String> ids = new ArrayList<>(List.of(ANY));
        providers.choices().stream().map(Choice::id).forEach(ids::add);
        only.here().filter(each -> !ids.contains(each)).ifPresent(ids::add);
        way.setItems(ids);
        way.setItemLabelGenerator(id -> id.equals(ANY) ? t("accounts.only.any") : t("accounts.only.by", name(id)));
        way.setReadOnly(!isOwner());
        way.addValueChangeListener(e -> {
            if (e.isFromClient() && e.getValue() != null) {
                String wanted = e.getValue();
                way.setValue(only.here().orElse(ANY)); // until it is so
                proof.then(() -> require(wanted));
            }
        });
        Div words = new Div(new H2(t("accounts.only.title")), new Paragraph(t("accounts.only.hint")));
        words.addClassName("settings-words");
        Div fields = new Div(way, note);
        fields.addClassName("settings-fields");
        add(words, fields);
        refresh();
    }

    /** Without a provider there is nothing to choose. */
    static boolean isNeeded(OnlyProvider only, Providers providers) {
        return !providers.choices().isEmpty() || only.here().isPresent();
    }

    private void refresh() {
        way.setValue(only.here().orElse(ANY));
        List<String> notes = new ArrayList<>();
        for (Choice each : providers.choices()) {
            OnlyProvider.Coverage now = only.coverage(each.id());
            notes.add(t("accounts.only.coverage", now.people(), now.connected(), each.name()));
        }
        notes.add(t("accounts.only.others"));
        if (!isOwner()) {
            notes.add(t("accounts.only.owners"));
        }
        note.setText(String.join(" ", notes));
    }

    private void require(String wanted) {
        try {
            only.require(wanted.equals(ANY) ? null : wanted);
            Toasts.success(wanted.equals(ANY) ? t("accounts.only.any_now") : t("accounts.only.by_now", name(wanted)));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        refresh();
    }

    private String name(String id) {
        return providers.choices().stream()
                .filter(each -> each.id().equals(id))
                .map(Choice::name)
                .findFirst()
                .orElse(id);
    }

    private static boolean isOwner() {
        return CurrentStaff.find()
                .map(StaffPrincipal::current)
                .map(each -> each.staffRole().isOwner())
                .orElse(false);
    }
}
