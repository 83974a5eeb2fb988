package io.perennial.delivery.sender;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The two ways to sign that receivers know. */
public enum DkimAlgorithm {
    /** RFC 6376, with 2048 bits: understood by everybody. */
    RSA("rsa", "rsa-sha256", "RSA", "SHA256withRSA"),
    /** RFC 8463: short and quick, understood by some; sent beside RSA. */
    ED25519("ed25519", "ed25519-sha256", "Ed25519", "Ed25519");

    private static final int ED25519_BYTES = 32;

    private final String tag;
    private final String name;
    private final String keyFactory;
    private final String signature;

    DkimAlgorithm(String tag, String name, String keyFactory, String signature) {
        this.tag = tag;
        this.name = name;
        this.keyFactory = keyFactory;
        this.signature = signature;
    }

    /** As {@code k=} of the DNS record says it. */
    public String tag() {
        return tag;
    }

    /** As {@code a=} of a signature says it. */
    public String signatureName() {
        return name;
    }

    /** The JDK's name of the signature, made over the text itself (RSA) or over its SHA-256 hash (Ed25519). */
    public String jdkSignature() {
        return signature;
    }

    KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyFactory);
            if (this == RSA) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(keyFactory + " is not to be had", e);
        }
    }

    PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(keyFactory).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored key is none", e);
        }
    }

    /** As {@code p=} of the DNS record says it: for RSA the whole structure, for Ed25519 the bare 32 bytes. */
    String published(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] bare =
                this == RSA ? encoded : Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
        return Base64.getEncoder().encodeToString(bare);
    }
}
