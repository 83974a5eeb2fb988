package io.perennial.delivery.sender;

import io.perennial.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** The mail servers that businesses have of their own, as those who send need them. */
public interface OwnServers {

    /** Changes whenever the settings do; 0 where mails go over the installation's server. */
    long revision(TenantId tenant);

    /**
     * How the business's server is reached, or null where it uses the installation's.
     *
     * @throws io.perennial.tenancy.TenantSecrets.Unreadable if the password cannot be decrypted
     */
    @Nullable
    Access access(TenantId tenant);

    /** How a server is reached. */
    record Access(
            String host,
            int port,
            Encryption encryption,
            @Nullable String username,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Access[" + host + ":" + port + ", " + encryption + "]";
        }
    }
}
