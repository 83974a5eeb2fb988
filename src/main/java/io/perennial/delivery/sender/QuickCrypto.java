package io.perennial.delivery.sender;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes signatures with Amazon's Corretto Crypto Provider where its native part runs (a quarter of the time for RSA),
 * with the JDK's own elsewhere. The provider is used for nothing else and not installed, so nothing else changes by it.
 */
final class QuickCrypto {

    private static final Logger log = LoggerFactory.getLogger(QuickCrypto.class);

    private static final @Nullable Provider CORRETTO = corretto();

    private QuickCrypto() {}

    /**
     * Ready to sign with this key.
     *
     * @throws NoSuchAlgorithmException if there is no such signature
     * @throws InvalidKeyException if it is no key for it
     */
    static Signature signing(String algorithm, PrivateKey key) throws NoSuchAlgorithmException, InvalidKeyException {
        if (CORRETTO != null) {
            try {
                Signature quick = Signature.getInstance(algorithm, CORRETTO);
                quick.initSign(key);
                return quick;
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                log.debug("{} is left to the JDK", algorithm, e);
            }
        }
        Signature own = Signature.getInstance(algorithm);
        own.initSign(key);
        return own;
    }

    /** By name, as the class is there on some platforms only. */
    private static @Nullable Provider corretto() {
        try {
            Class<?> type = Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            Object trouble = type.getMethod("getLoadingError").invoke(provider);
            if (trouble == null) {
                return provider;
            }
            log.info("Mails are signed by the JDK alone, which takes four times as long: {}", trouble.toString());
        } catch (ReflectiveOperationException | LinkageError e) {
            log.debug("No Corretto Crypto Provider here", e);
        }
        return null;
    }
}
