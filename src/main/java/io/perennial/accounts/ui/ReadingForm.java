package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import io.perennial.accounts.OwnProfile;
import io.perennial.uikit.Reader;
import java.time.ZoneId;
import java.util.Locale;

/** How its reader wants dates and numbers written, and in whose zone times are shown. */
class ReadingForm extends Div {

    private final OwnProfile profile;
    private final ComboBox<Locale> language;
    private final ComboBox<ZoneId> zone = Choices.zone(t("accounts.reading.zone"));

    ReadingForm(OwnProfile profile, ZoneId ofBusiness) {
        this.profile = profile;
        OwnProfile.Reading reading = profile.reading();
        addClassName("settings-fields");
        language = Choices.language(
                t("accounts.reading.language"), reading.locale() == null ? Locale.UK : reading.locale());
        language.setRequiredIndicatorVisible(false);
        language.setClearButtonVisible(true);
        language.setPlaceholder(t("accounts.reading.browser"));
        language.setHelperText(t("accounts.reading.language_hint"));
        language.setValue(reading.locale());
        zone.setRequiredIndicatorVisible(false);
        zone.setClearButtonVisible(true);
        zone.setPlaceholder(t("accounts.reading.business", ofBusiness.getId().replace('_', ' ')));
        zone.setHelperText(t("accounts.reading.zone_hint"));
        zone.setValue(reading.zone());
        add(language, zone, new Button(t("accounts.reading.save"), e -> save()));
    }

    /** The page is drawn anew, for all of it was written the old way. */
    private void save() {
        profile.save(new OwnProfile.Reading(language.getValue(), zone.getValue()));
        UI ui = UI.getCurrent();
        Reader.choose(ui, zone.getValue());
        ui.getPage().reload();
    }
}
