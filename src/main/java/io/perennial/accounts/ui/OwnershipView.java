package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.Business;
import io.perennial.accounts.BusinessStanding;
import io.perennial.accounts.BusinessStandings;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.DataArchives;
import io.perennial.accounts.Owner;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;

/** What only owners decide: that the business goes, with all it owns; and within the days of grace, that it stays. */
@Route("settings/ownership")
@RolesAllowed(Owner.AUTHORITY)
class OwnershipView extends Main implements HasDynamicTitle {

    private final transient BusinessStandings standings;
    private final transient Business business;
    private final transient StepUp proof;
    private final Div place = new Div();

    OwnershipView(
            BusinessStandings standings,
            Businesses businesses,
            DataArchives archives,
            Backstage backstage,
            SettingsParts parts,
            StepUp proof) {
        this.standings = standings;
        this.proof = proof;
        this.business = businesses.current();
        addClassNames("page", "settings");
        add(
                new PageHead(t("accounts.tab_ownership"), t("accounts.ownership.lead", business.name())),
                parts.nav("settings/ownership"),
                place);
        BusinessStanding standing = standings.current();
        place.add(group(
                t("accounts.archive.title"),
                t("accounts.archive.hint"),
                new ArchiveList(archives, backstage, proof, business.name())));
        place.add(standing.deleteAt() == null ? asking() : leaving(standing));
    }

    private Component asking() {
        TextField name = new TextField(t("accounts.ownership.type_name", business.name()));
        name.getElement().setAttribute("autocomplete", "off");
        Button delete = new Button(t("accounts.ownership.delete", business.name()));
        delete.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        delete.addClickListener(e -> proof.then(() -> askDeletion(name)));
        return group(
                t("accounts.ownership.deletion"),
                t("accounts.ownership.deletion_hint"),
                new Paragraph(t("accounts.ownership.what", BusinessStandings.GRACE_DAYS)),
                name,
                delete);
    }

    private void askDeletion(TextField name) {
        try {
            standings.askDeletion(name.getValue());
            UI.getCurrent().getPage().reload(); // the page for what one may do from now on
        } catch (StaffRuleException broken) {
            name.setErrorMessage(StaffList.words(broken));
            name.setInvalid(true);
            name.focus();
        }
    }

    private Component leaving(BusinessStanding standing) {
        Button restore = new Button(t("accounts.ownership.restore", business.name()));
        restore.addThemeVariants(ButtonVariant.PRIMARY);
        restore.addClickListener(e -> {
            try {
                standings.restore();
                UI.getCurrent().getPage().reload();
            } catch (StaffRuleException broken) {
                Toasts.error(StaffList.words(broken));
            }
        });
        return group(
                t("accounts.ownership.deletion"),
                t("accounts.ownership.deletion_hint"),
                new Paragraph(t(
                        "accounts.ownership.leaving",
                        business.name(),
                        Formats.dateTime(standing.deleteAt(), Reader.zone(business.zone())),
                        String.valueOf(standing.deleteAskedBy()))),
                restore);
    }

    private static Section group(String title, String hint, Component... fields) {
        Div words = new Div(new H2(title), new Paragraph(hint));
        words.addClassName("settings-words");
        Div form = new Div(fields);
        form.addClassNames("settings-fields", "ownership-form");
        Section section = new Section(words, form);
        section.addClassName("settings-group");
        return section;
    }

    @Override
    public String getPageTitle() {
        return t("accounts.tab_ownership");
    }
}
