package io.perennial.tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What tenants' secrets are encrypted with.
 *
 * @param encryptionKey at least 32 characters nobody can guess; where empty, one is made at the first start and kept in
 *     the database, so that a copy of the database gives the secrets away. Changing it makes stored secrets unreadable:
 *     they must be entered anew
 */
@ConfigurationProperties("perennial")
record EncryptionProperties(@Nullable String encryptionKey) {

    EncryptionProperties {
        if (encryptionKey != null
                && !encryptionKey.isBlank()
                && encryptionKey.strip().length() < 32) {
            throw new IllegalArgumentException(
                    "perennial.encryption-key is too short to protect anything: give at least 32 characters, "
                            + "for instance of: openssl rand -base64 48");
        }
    }

    boolean isGiven() {
        return encryptionKey != null && !encryptionKey.isBlank();
    }

    @Override
    public String toString() {
        return "EncryptionProperties[" + (isGiven() ? "given" : "none") + "]";
    }
}
