package io.perennial.delivery;

import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Signs and checks the tokens of customers' links: purpose, tenant, message and link with 128 bits of HMAC-SHA256 over
 * them, in URL-safe base64. Nothing in them is secret; they cannot be made up or changed.
 *
 * @see <a href="../../../../../docs/decisions/0502-signed-links.md">0502-signed-links.md</a>
 */
@Component
class LinkSigner {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE = 16;
    private static final int SHORT = 1 + Long.BYTES + Long.BYTES;
    private static final int LONG = SHORT + Long.BYTES;

    private final Mac prototype;

    LinkSigner(LinkSecret secret) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            // A key of its own for this use, so that the secret may serve others too.
            byte[] key = prototype.doFinal("perennial links 1".getBytes(StandardCharsets.UTF_8));
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HmacSHA256", e);
        }
    }

    String sign(LinkToken token) {
        boolean click = token.purpose() == Purpose.CLICK;
        int length = click ? LONG : SHORT;
        ByteBuffer bytes = ByteBuffer.allocate(length + SIGNATURE)
                .put(token.purpose().code())
                .putLong(token.tenant().value())
                .putLong(token.message());
        if (click) {
            bytes.putLong(token.link());
        }
        bytes.put(signature(bytes.array(), length), 0, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** What a token of this purpose says; empty if it is not exactly one that was signed here. */
    Optional<LinkToken> read(Purpose purpose, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int length = purpose == Purpose.CLICK ? LONG : SHORT;
        if (bytes.length != length + SIGNATURE
                || !MessageDigest.isEqual(
                        Arrays.copyOfRange(bytes, length, bytes.length),
                        Arrays.copyOf(signature(bytes, length), SIGNATURE))) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.get() != purpose.code()) {
            return Optional.empty();
        }
        LinkToken token = new LinkToken(
                purpose,
                new TenantId(buffer.getLong()),
                buffer.getLong(),
                purpose == Purpose.CLICK ? buffer.getLong() : 0);
        // The decoder overlooks the unused bits of the last character; an altered token is refused even there.
        return sign(token).equals(text) ? Optional.of(token) : Optional.empty();
    }

    private byte[] signature(byte[] bytes, int length) {
        try {
            Mac mac = (Mac) prototype.clone();
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's HmacSHA256 can be cloned", e);
        }
    }
}
