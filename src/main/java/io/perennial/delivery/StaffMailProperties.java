package io.perennial.delivery;

import io.perennial.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who the installation's own mails to staff come from.
 *
 * @param from their address; where empty, the user of {@code spring.mail} if that is an address, else
 *     {@code perennial@} the host of {@code perennial.public-url}
 * @param name beside the address
 */
@ConfigurationProperties("perennial.mail")
record StaffMailProperties(
        @Nullable String from, @DefaultValue("Perennial") String name) {

    /**
     * @throws IllegalArgumentException if {@code perennial.mail.from} is given and is no address
     */
    EmailAddress sender(@Nullable String user, String host) {
        if (from != null && !from.isBlank()) {
            return EmailAddress.parse(from)
                    .orElseThrow(
                            () -> new IllegalArgumentException("perennial.mail.from is no e-mail address: " + from));
        }
        return EmailAddress.parse(user == null ? "" : user)
                .or(() -> EmailAddress.parse("perennial@" + host))
                .orElseGet(() -> new EmailAddress("perennial@localhost.localdomain"));
    }
}
