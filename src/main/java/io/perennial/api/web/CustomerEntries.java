package io.perennial.api.web;

import static io.perennial.customers.ImportField.*;

import io.perennial.customers.Customer;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.Customers;
import io.perennial.customers.ImportField;
import io.perennial.customers.records.CustomerRecord;
import io.perennial.customers.records.CustomerRecords;
import io.perennial.customers.records.EntryRefused;
import io.perennial.customers.records.RecordEntry;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From what a program says about a customer to what the product keeps. */
@Component
class CustomerEntries {

    private static final LocalDate OLDEST = LocalDate.of(1900, 1, 1);
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** What the values of a record are called in the API's JSON. */
    private static final Map<ImportField, String> NAMES = Map.ofEntries(
            Map.entry(EXTERNAL_ID, "externalId"),
            Map.entry(EMAIL, "email"),
            Map.entry(FIRST_NAME, "firstName"),
            Map.entry(LAST_NAME, "lastName"),
            Map.entry(PHONE, "phone"),
            Map.entry(GENDER, "gender"),
            Map.entry(BIRTHDAY, "birthday"),
            Map.entry(CITY, "city"),
            Map.entry(COUNTRY, "country"),
            Map.entry(LOCALE, "locale"),
            Map.entry(ZONE, "timeZone"));

    private final Customers customers;
    private final CustomerTags tags;
    private final CustomerRecords records;
    private final RecordEntry entry;
    private final AttributeJson attributes;

    CustomerEntries(
            Customers customers,
            CustomerTags tags,
            CustomerRecords records,
            RecordEntry entry,
            AttributeJson attributes) {
        this.customers = customers;
        this.tags = tags;
        this.records = records;
        this.entry = entry;
        this.attributes = attributes;
    }

    /** @param created whether the customer was not known before */
    record Put(CustomerRecord record, boolean created) {}

    /** By external id, else by address; what is not given stays. */
    Put put(CustomerInput input, String source) {
        if (isBlank(input.externalId()) && isBlank(input.email())) {
            throw Refused.invalid("#", "Give an externalId or an email: by one of them the customer is known again.");
        }
        check(input);
        RecordEntry.Outcome outcome;
        try {
            outcome = entry.putCustomer(source, values(input));
        } catch (EntryRefused e) {
            throw Refused.invalid("#" + (e.field() == null ? "" : "/" + NAMES.get(e.field())), e.reason());
        }
        String externalId = stripped(input.externalId());
        CustomerRecord record = (externalId == null
                        ? records.findByEmail(normal(input.email()))
                        : records.findByExternalId(externalId))
                .orElseThrow();
        return new Put(record, outcome == RecordEntry.Outcome.CREATED);
    }

    /** Changes what is named; null empties it. */
    void patch(CustomerId id, Set<String> named, CustomerInput input) {
        check(input);
        Customer old = customers.require(id);
        Customer changed = new Customer(
                id,
                named.contains("externalId") ? stripped(input.externalId()) : old.externalId(),
                named.contains("email") ? normalOrNull(input.email()) : old.email(),
                named.contains("firstName") ? stripped(input.firstName()) : old.firstName(),
                named.contains("lastName") ? stripped(input.lastName()) : old.lastName(),
                named.contains("phone") ? stripped(input.phone()) : old.phone(),
                named.contains("gender")
                        ? (input.gender() == null ? null : input.gender().name())
                        : old.gender(),
                named.contains("birthday") ? input.birthday() : old.birthday(),
                named.contains("city") ? stripped(input.city()) : old.city(),
                named.contains("country") ? input.country() : old.country(),
                named.contains("locale") ? tag(input.locale()) : old.locale(),
                named.contains("timeZone") ? input.timeZone() : old.zone(),
                old.createdAt());
        if (changed.externalId() == null && changed.email() == null) {
            throw Refused.invalid("#", "A customer keeps an externalId or an email.");
        }
        if (!changed.equals(old)) {
            customers.save(changed);
        }
    }

    /** Tags and attributes, where they are given. */
    void extras(CustomerId id, CustomerInput input) {
        List<String> wanted = input.tags();
        if (wanted != null) {
            tags.replace(id, wanted);
        }
        if (input.attributes() != null) {
            attributes.set(id, input.attributes());
        }
    }

    private static Map<ImportField, String> values(CustomerInput input) {
        EnumMap<ImportField, String> values = new EnumMap<>(ImportField.class);
        put(values, EXTERNAL_ID, input.externalId());
        put(values, EMAIL, input.email());
        put(values, FIRST_NAME, input.firstName());
        put(values, LAST_NAME, input.lastName());
        put(values, PHONE, input.phone());
        put(values, GENDER, input.gender());
        put(values, BIRTHDAY, input.birthday());
        put(values, CITY, input.city());
        put(values, COUNTRY, input.country());
        put(values, LOCALE, input.locale());
        put(values, ZONE, input.timeZone());
        return values;
    }

    private static void put(Map<ImportField, String> values, ImportField field, @Nullable Object value) {
        if (value != null) {
            values.put(field, value.toString());
        }
    }

    /** What a file's reader would be more lenient about than JSON should be. */
    private static void check(CustomerInput input) {
        if (input.email() != null
                && !input.email().isBlank()
                && EmailAddress.parse(input.email()).isEmpty()) {
            throw Refused.invalid("#/email", "This is no e-mail address.");
        }
        if (input.birthday() != null
                && (input.birthday().isBefore(OLDEST)
                        || input.birthday()
                                .isAfter(LocalDate.now(ZoneId.of("UTC")).plusDays(1)))) {
            throw Refused.invalid("#/birthday", "Nobody was born then.");
        }
        if (input.country() != null && !COUNTRIES.contains(input.country())) {
            throw Refused.invalid("#/country", "There is no country " + input.country() + " (ISO 3166 alpha-2).");
        }
        if (input.locale() != null && tag(input.locale()) == null) {
            throw Refused.invalid("#/locale", "This is no language, cs or cs-CZ for instance.");
        }
        if (input.timeZone() != null) {
            try {
                ZoneId.of(input.timeZone());
            } catch (DateTimeException e) {
                throw Refused.invalid("#/timeZone", "This is no time zone, Europe/Prague for instance.");
            }
        }
    }

    private static @Nullable String tag(@Nullable String locale) {
        if (locale == null) {
            return null;
        }
        Locale known = Locale.forLanguageTag(locale);
        return known.getLanguage().isEmpty() ? null : known.toLanguageTag();
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable String normalOrNull(@Nullable String email) {
        return isBlank(email) ? null : normal(email);
    }

    private static String normal(@Nullable String email) {
        return EmailAddress.parse(email == null ? "" : email)
                .map(EmailAddress::value)
                .orElse("");
    }
}
