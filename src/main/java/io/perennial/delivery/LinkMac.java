package io.perennial.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under a key of its own for one use, so that the secret may serve others too. Safe for threads. */
final class LinkMac {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    LinkMac(byte[] secret, String use) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(secret, ALGORITHM));
            prototype.init(new SecretKeySpec(prototype.doFinal(use.getBytes(StandardCharsets.UTF_8)), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HmacSHA256", e);
        }
    }

    /** 32 bytes. */
    byte[] of(byte[] bytes, int length) {
        try {
            Mac mac = (Mac) prototype.clone();
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's HmacSHA256 can be cloned", e);
        }
    }
}
