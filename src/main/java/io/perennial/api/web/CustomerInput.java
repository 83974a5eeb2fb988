package io.perennial.api.web;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a customer is, as a program says it.
 *
 * @param externalId the shop's own number for them
 * @param country ISO 3166 alpha-2
 * @param locale BCP 47
 * @param timeZone IANA
 * @param tags all of them: others are taken away
 * @param attributes by key; null takes a value away, those not named stay
 */
record CustomerInput(
        @Size(max = 100) @Nullable String externalId,
        @Email @Size(max = 254) @Nullable String email,
        @Size(max = 100) @Nullable String firstName,
        @Size(max = 100) @Nullable String lastName,
        @Size(max = 40) @Nullable String phone,
        @Nullable Gender gender,
        @Nullable LocalDate birthday,
        @Size(max = 100) @Nullable String city,

        @Pattern(regexp = "[A-Z]{2}", message = "a country has two capital letters, CZ for instance") @Nullable
        String country,

        @Size(max = 20) @Nullable String locale,
        @Size(max = 60) @Nullable String timeZone,
        @Size(max = 50) @Nullable List<@NotNull @Size(min = 1, max = 60) String> tags,
        @Size(max = 200) @Nullable Map<String, @Nullable Object> attributes) {

    /** As customers have it here. */
    enum Gender {
        female,
        male,
        other
    }
}
