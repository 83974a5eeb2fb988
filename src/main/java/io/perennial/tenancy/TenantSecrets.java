package io.perennial.tenancy;

import io.perennial.kernel.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Encrypts what tenants entrust to us (passwords of mail servers, private keys) for storing: AES-256-GCM, bound to the
 * tenant and the field, so that a value copied to another row, field or tenant cannot be opened there.
 */
@Component
@TenantSql("The key belongs to the installation; its table is nobody's tenant data.")
public class TenantSecrets {

    private static final Logger log = LoggerFactory.getLogger(TenantSecrets.class);

    private static final String NAME = "tenant-secrets";
    private static final byte VERSION = 1;
    private static final int MARK = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final EncryptionProperties properties;
    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable Key known;

    TenantSecrets(EncryptionProperties properties, JdbcClient jdbc) {
        this.properties = properties;
        this.jdbc = jdbc;
    }

    /** A stored secret that this installation's key does not open. */
    public static final class Unreadable extends RuntimeException {
        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** @param mark tells keys apart without telling anything about them */
    private record Key(SecretKey secret, byte[] mark) {

        @Override
        public String toString() {
            return "Key";
        }
    }

    /**
     * Encrypts; the same text gives another result each time.
     *
     * @param field names what the secret is for, and the row where there are several
     */
    public byte[] seal(TenantId tenant, String field, byte[] plain) {
        return seal(tenant.value() + ":" + field, plain);
    }

    /** As {@link #seal}, for what belongs to a member of staff, who may work in several businesses. */
    public byte[] sealOfPerson(long account, String field, byte[] plain) {
        return seal("person " + account + ":" + field, plain);
    }

    private byte[] seal(String place, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        Key key = key();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(plain);
            return ByteBuffer.allocate(1 + MARK + NONCE + sealed.length)
                    .put(VERSION)
                    .put(key.mark())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not to be had", e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws Unreadable if it was sealed with another key, for another tenant or field, or was changed since
     */
    public byte[] open(TenantId tenant, String field, byte[] sealed) {
        return open(tenant.value() + ":" + field, sealed);
    }

    /** As {@link #open}, for what {@link #sealOfPerson} sealed. */
    public byte[] openOfPerson(long account, String field, byte[] sealed) {
        return open("person " + account + ":" + field, sealed);
    }

    private byte[] open(String place, byte[] sealed) {
        Key key = key();
        if (sealed.length <= 1 + MARK + NONCE || sealed[0] != VERSION) {
            throw new Unreadable("This is no stored secret", null);
        }
        if (!Arrays.equals(Arrays.copyOfRange(sealed, 1, 1 + MARK), key.mark())) {
            throw new Unreadable(
                    "The secret was stored with another perennial.encryption-key: set that one again, or enter the "
                            + "secret anew",
                    null);
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1 + MARK, 1 + MARK + NONCE);
        try {
            int at = 1 + MARK + NONCE;
            return cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(sealed, at, sealed.length - at);
        } catch (GeneralSecurityException e) {
            throw new Unreadable("The stored secret was changed, or belongs elsewhere", e);
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private Key key() {
        Key key = known;
        if (key == null) {
            String configured = properties.encryptionKey();
            byte[] source = configured != null && properties.isGiven()
                    ? configured.strip().getBytes(StandardCharsets.UTF_8)
                    : kept();
            key = new Key(new SecretKeySpec(derived(source, "key", 32), "AES"), derived(source, "mark", MARK));
            known = key;
        }
        return key;
    }

    private static byte[] derived(byte[] source, String what, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(source)
                            .addSalt(NAME.getBytes(StandardCharsets.UTF_8))
                            .thenExpand(what.getBytes(StandardCharsets.UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF is not to be had", e);
        }
    }

    private byte[] kept() {
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        // Of several nodes starting at once, the first one's stays.
        jdbc.sql("INSERT INTO installation_secret (name, value, created_at) VALUES (?, ?, UTC_TIMESTAMP(6)) "
                        + "ON DUPLICATE KEY UPDATE name = VALUES(name)")
                .params(NAME, fresh)
                .update();
        log.warn("Secrets of businesses are encrypted with a key kept in the database itself. "
                + "Set perennial.encryption-key, so that a copy of the database does not give them away");
        return jdbc.sql("SELECT value FROM installation_secret WHERE name = ?")
                .param(NAME)
                .query((rs, row) -> rs.getBytes(1))
                .single();
    }
}
