package io.perennial.accounts;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where new passwords are looked up that breaches have made known. Nothing leaves the machine unless {@code rangeUrl} is
 * set.
 *
 * @param breachedFile lines of SHA-1 hashes in hexadecimal, ascending, each with or without {@code :count} behind it: as
 *     the list of "Have I Been Pwned" is downloaded ordered by hash
 * @param rangeUrl an address that is asked with the first five digits of the hash and answers with the rest of all that
 *     begin so, for instance {@code https://api.pwnedpasswords.com/range/}
 */
@ConfigurationProperties("perennial.passwords")
record PasswordProperties(
        @Nullable Path breachedFile, @Nullable URI rangeUrl) {}
