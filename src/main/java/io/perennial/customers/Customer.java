package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a customer is.
 *
 * @param externalId the shop's own number for them
 * @param email lower case
 * @param gender female, male or other
 * @param country ISO 3166 alpha-2
 * @param locale BCP 47
 * @param zone IANA
 */
public record Customer(
        CustomerId id,
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable String gender,
        @Nullable LocalDate birthday,
        @Nullable String city,
        @Nullable String country,
        @Nullable String locale,
        @Nullable String zone,
        Instant createdAt) {

    /** In what aspects of the profile it is another than it was. */
    Set<CustomerAspect> differingFrom(Customer before) {
        EnumSet<CustomerAspect> differing = EnumSet.noneOf(CustomerAspect.class);
        note(differing, CustomerAspect.EMAIL, email, before.email);
        note(differing, CustomerAspect.NAME, firstName, before.firstName);
        note(differing, CustomerAspect.NAME, lastName, before.lastName);
        note(differing, CustomerAspect.PHONE, phone, before.phone);
        note(differing, CustomerAspect.GENDER, gender, before.gender);
        note(differing, CustomerAspect.BIRTHDAY, birthday, before.birthday);
        note(differing, CustomerAspect.PLACE, city, before.city);
        note(differing, CustomerAspect.PLACE, country, before.country);
        note(differing, CustomerAspect.LOCALE, locale, before.locale);
        note(differing, CustomerAspect.LOCALE, zone, before.zone);
        return differing;
    }

    private static void note(
            EnumSet<CustomerAspect> differing, CustomerAspect aspect, @Nullable Object now, @Nullable Object before) {
        if (!Objects.equals(now, before)) {
            differing.add(aspect);
        }
    }

    /** The name, or else the address, or else the shop's number: never empty. */
    public String displayName() {
        String name = ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName)).strip();
        if (!name.isEmpty()) {
            return name;
        }
        if (email != null) {
            return email;
        }
        return externalId != null ? externalId : id.toString();
    }
}
