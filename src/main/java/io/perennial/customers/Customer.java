package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.time.LocalDate;
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
