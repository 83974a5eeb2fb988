package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What stands in the link of an invitation: which one it is, and 192 random bits. Only their hash is stored.
 *
 * @param secret never logged, never stored
 */
record InvitationToken(TenantId tenant, long id, byte[] secret) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET = 24;
    private static final int LENGTH = 16 + SECRET;

    static InvitationToken fresh(TenantId tenant, long id) {
        byte[] secret = new byte[SECRET];
        RANDOM.nextBytes(secret);
        return new InvitationToken(tenant, id, secret);
    }

    static Optional<InvitationToken> parse(String text) {
        if (!text.matches("[A-Za-z0-9_-]{54}")) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        long tenant = bytes.getLong();
        long id = bytes.getLong();
        byte[] secret = new byte[SECRET];
        bytes.get(secret);
        if (tenant <= 0) {
            return Optional.empty();
        }
        InvitationToken token = new InvitationToken(new TenantId(tenant), id, secret);
        // The decoder overlooks the unused bits of the last character; an altered token is refused even there.
        return token.text().equals(text) ? Optional.of(token) : Optional.empty();
    }

    String text() {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .putLong(tenant.value())
                .putLong(id)
                .put(secret)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "InvitationToken[" + tenant + ", " + id + "]";
    }
}
