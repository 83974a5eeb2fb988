package io.perennial.delivery;

import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.TenantId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Finds the message of which something speaks that came from outside, by the signed tokens in it. */
@Component
public class MessageTokens {

    /** Of a local part: no business would have such a mailbox, and a log shows what it is. */
    static final String PREFIX = "b-";

    private static final Pattern LINK = Pattern.compile("/p/(?:(u)|(preferences)|(o)|(c))/([A-Za-z0-9_-]{20,64})");

    private final LinkSigner signer;

    MessageTokens(LinkSigner signer) {
        this.signer = signer;
    }

    /** A message of a business, as a signature vouches. */
    public record Named(TenantId tenant, long message) {}

    /**
     * Signs a message for the envelope's sender: at most 36 characters, none of which is a capital.
     */
    String forReturn(TenantId tenant, long message) {
        return signer.sign(new LinkToken(Purpose.RETURN, tenant, message, 0));
    }

    /** The message named by an address's local part, or by a Message-ID's: with or without {@value #PREFIX}. */
    public Optional<Named> ofLocalPart(String local) {
        String token = local.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) ? local.substring(2) : local;
        return signer.read(Purpose.RETURN, token).map(MessageTokens::named);
    }

    /** Whether a local part looks like one of ours, signed or not. */
    public boolean looksOurs(String local) {
        return local.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) && local.length() >= 28;
    }

    /** The message of the first of our links in a text, whatever the link is for. */
    public Optional<Named> ofLinkIn(String text) {
        Matcher matcher = LINK.matcher(text);
        for (int tries = 0; tries < 20 && matcher.find(); tries++) {
            Optional<Named> named =
                    signer.read(purpose(matcher), matcher.group(5)).map(MessageTokens::named);
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    private static Purpose purpose(Matcher matcher) {
        return matcher.group(1) != null
                ? Purpose.UNSUBSCRIBE
                : matcher.group(2) != null
                        ? Purpose.PREFERENCES
                        : matcher.group(3) != null ? Purpose.OPEN : Purpose.CLICK;
    }

    private static Named named(LinkToken token) {
        return new Named(token.tenant(), token.message());
    }
}
