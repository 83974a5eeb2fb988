package io.perennial.delivery;

import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.TenantId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Signs and checks tokens: the business's number, the message and, for clicks, the link, with the first bytes of an
 * HMAC-SHA256 over them and their purpose. In URL-safe base64; those of returning mails in base32, as servers change
 * the case of addresses. Nothing in them is secret; they cannot be made up or changed.
 *
 * @see <a href="../../../../../docs/decisions/0502-signed-links.md">0502-signed-links.md</a>
 */
@Component
class LinkSigner {

    /** Links below are written in five bytes: see {@link RunLinks#shortNumber}. */
    private static final long SHORT_LINK = 1L << 40;

    private static final int SIGNED = 1 + 3 * Long.BYTES;
    /** Longer than any token of either format. */
    private static final int LONGEST = 64;

    private final LinkMac mac;
    private final FirstTokens first;
    private final TenantNumbers numbers;

    LinkSigner(LinkSecret secret, TenantNumbers numbers) {
        byte[] key = secret.bytes();
        this.mac = new LinkMac(key, "perennial links 2");
        this.first = new FirstTokens(new LinkMac(key, "perennial links 1"));
        this.numbers = numbers;
    }

    String sign(LinkToken token) {
        Purpose purpose = token.purpose();
        ByteBuffer bytes = ByteBuffer.allocate(40);
        for (long number = numbers.of(token.tenant()); ; number >>>= 7) {
            if (number < 128) {
                bytes.put((byte) number);
                break;
            }
            bytes.put((byte) (number | 128));
        }
        bytes.putLong(token.message());
        if (purpose == Purpose.CLICK) {
            putLink(bytes, token.link());
        }
        bytes.put(signature(token), 0, purpose.signature());
        return purpose == Purpose.RETURN
                ? Base32.encode(bytes.array(), bytes.position())
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    /**
     * What a token of this purpose says; empty if it is not exactly one that was signed here, but for the case of those
     * in addresses.
     */
    Optional<LinkToken> read(Purpose purpose, String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            if (purpose == Purpose.RETURN) {
                return read(purpose, text.toLowerCase(Locale.ROOT), Base32.decode(text));
            }
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return FirstTokens.isOne(purpose, bytes) ? first.read(purpose, text, bytes) : read(purpose, text, bytes);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private Optional<LinkToken> read(Purpose purpose, String text, byte[] decoded) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded);
        long number = 0;
        int shift = 0;
        byte part;
        do {
            part = bytes.get();
            number |= (long) (part & 127) << shift;
            shift += 7;
        } while (part < 0 && shift < 35);
        long message = bytes.getLong();
        long link = purpose == Purpose.CLICK ? getLink(bytes, bytes.remaining() - purpose.signature()) : 0;
        if (bytes.remaining() != purpose.signature()) {
            return Optional.empty();
        }
        byte[] signature = new byte[purpose.signature()];
        bytes.get(signature);
        return numbers.tenant(number)
                .map(tenant -> new LinkToken(purpose, tenant, message, link))
                .filter(token -> MessageDigest.isEqual(signature, Arrays.copyOf(signature(token), purpose.signature())))
                // The decoder overlooks the unused bits of the last character; an altered token is refused even there.
                .filter(token -> sign(token).equals(text));
    }

    private static void putLink(ByteBuffer bytes, long link) {
        if (link >= 0 && link < SHORT_LINK) {
            bytes.put((byte) (link >>> 32)).putInt((int) link);
        } else {
            bytes.putLong(link);
        }
    }

    private static long getLink(ByteBuffer bytes, int length) {
        return switch (length) {
            case 5 -> (bytes.get() & 0xffL) << 32 | (bytes.getInt() & 0xffffffffL);
            case Long.BYTES -> bytes.getLong();
            default -> throw new IllegalArgumentException("No link has " + length + " bytes");
        };
    }

    /** Over what the token means rather than how it is written. */
    private byte[] signature(LinkToken token) {
        ByteBuffer bytes = ByteBuffer.allocate(SIGNED)
                .put(token.purpose().code())
                .putLong(token.tenant().value())
                .putLong(token.message())
                .putLong(token.link());
        return mac.of(bytes.array(), SIGNED);
    }

    /** Tokens as they were at first, in mails sent before: all in full length. They stay valid. */
    private record FirstTokens(LinkMac mac) {

        private static final int SIGNATURE = 16;
        private static final int SHORT = 1 + Long.BYTES + Long.BYTES;
        private static final int LONG = SHORT + Long.BYTES;

        /** By its length, which no token of today has. */
        static boolean isOne(Purpose purpose, byte[] bytes) {
            return bytes.length == (purpose == Purpose.CLICK ? LONG : SHORT) + SIGNATURE;
        }

        Optional<LinkToken> read(Purpose purpose, String text, byte[] bytes) {
            int length = bytes.length - SIGNATURE;
            if (!MessageDigest.isEqual(
                            Arrays.copyOfRange(bytes, length, bytes.length),
                            Arrays.copyOf(mac.of(bytes, length), SIGNATURE))
                    || !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(text)) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return buffer.get() != purpose.code()
                    ? Optional.empty()
                    : Optional.of(new LinkToken(
                            purpose,
                            new TenantId(buffer.getLong()),
                            buffer.getLong(),
                            purpose == Purpose.CLICK ? buffer.getLong() : 0));
        }
    }
}
