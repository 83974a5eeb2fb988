package io.perennial.delivery.sender;

import io.perennial.delivery.sender.ServerProbe.Finding;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A business's own mail server as staff see it. Its password is never among this.
 *
 * @param inUse whether mails go over it; otherwise over the installation's
 * @param withPassword whether a password is kept
 * @param tested when these very settings were last tested
 */
public record SenderServer(
        boolean inUse,
        String host,
        int port,
        Encryption encryption,
        @Nullable String username,
        boolean withPassword,
        @Nullable Instant tested,
        @Nullable Finding finding) {

    /**
     * What somebody wants it to be.
     *
     * @param password a new one; null keeps the one that is there
     */
    public record Draft(
            String host,
            int port,
            Encryption encryption,
            @Nullable String username,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Draft[" + host + ":" + port + ", " + encryption + "]";
        }
    }

    /** Whether a kept password may go to where this draft says: only to the same host, as the same user. */
    boolean keepsPasswordFor(Draft draft) {
        return withPassword && host.equals(draft.host()) && Objects.equals(username, draft.username());
    }
}
