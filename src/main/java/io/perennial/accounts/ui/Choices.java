package io.perennial.accounts.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import io.perennial.uikit.Texts;
import java.text.Collator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Fields to choose a country, language, time zone or currency by its name in the user's language. */
final class Choices {

    /** The languages that customers can be written to in, with the country whose formats go with each. */
    private static final List<Locale> LANGUAGES = List.of(
            Locale.of("cs", "CZ"),
            Locale.of("en", "GB"),
            Locale.of("en", "US"),
            Locale.of("hr", "HR"),
            Locale.of("pl", "PL"),
            Locale.of("vi", "VN"));

    private Choices() {}

    static ComboBox<String> country(String label) {
        return sorted(
                label,
                List.of(Locale.getISOCountries()),
                code -> Locale.of("", code).getDisplayCountry(Texts.locale()));
    }

    /** With {@code present} among them, should it be another one. */
    static ComboBox<Locale> language(String label, Locale present) {
        List<Locale> languages = new ArrayList<>(LANGUAGES);
        if (!languages.contains(present)) {
            languages.add(present);
        }
        return sorted(label, languages, locale -> locale.getDisplayName(Texts.locale()));
    }

    static ComboBox<ZoneId> zone(String label) {
        Instant now = Instant.now();
        List<ZoneId> zones = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*")
                        || id.equals("UTC"))
                .map(ZoneId::of)
                .toList();
        return sorted(
                label,
                zones,
                zone -> zone.getId().replace('_', ' ') + " (UTC"
                        + (zone.getRules().getOffset(now).getTotalSeconds() == 0
                                ? ""
                                : zone.getRules().getOffset(now).getId())
                        + ")");
    }

    static ComboBox<Currency> currency(String label) {
        return sorted(
                label,
                Currency.getAvailableCurrencies().stream()
                        .filter(c -> c.getDefaultFractionDigits() >= 0)
                        .toList(),
                c -> c.getDisplayName(Texts.locale()) + " (" + c.getCurrencyCode() + ")");
    }

    private static <T> ComboBox<T> sorted(String label, Collection<T> items, Function<T, String> name) {
        ComboBox<T> box = new ComboBox<>(label);
        Collator collator = Collator.getInstance(Texts.locale());
        box.setItemLabelGenerator(name::apply);
        box.setItems(items.stream()
                .sorted(Comparator.comparing(name, collator::compare))
                .toList());
        box.setRequiredIndicatorVisible(true);
        return box;
    }
}
