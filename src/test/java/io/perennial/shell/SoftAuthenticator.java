package io.perennial.shell;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An authenticator with its browser, in software: as honest as a test wants it. Keeps one ES256 key. */
final class SoftAuthenticator {

    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int CAN_BE_COPIED = 8;
    private static final int IS_COPIED = 16;
    private static final int WITH_KEY = 64;
    private static final JsonMapper JSON = new JsonMapper();

    String origin = "http://localhost:8080";
    String site = "localhost";
    boolean verifies = true;
    boolean synced;
    long count;
    byte[] owner = new byte[0];
    byte[] id = new byte[32];
    String type = "webauthn.get";

    private final KeyPair key;

    SoftAuthenticator() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        new SecureRandom().nextBytes(id);
    }

    /** Answers a question for a new passkey. */
    String make(String question) {
        JsonNode asked = JSON.readTree(question);
        owner = bytes(asked.get("user").get("id").asString());
        byte[] clientData = clientData("webauthn.create", asked.get("challenge").asString());
        byte[] data = join(
                authenticatorData(WITH_KEY),
                new byte[16],
                ByteBuffer.allocate(2).putShort((short) id.length).array(),
                id,
                coseKey());
        byte[] attestation = join(
                new byte[] {(byte) 0xa3},
                cbor("fmt"),
                cbor("none"),
                cbor("attStmt"),
                new byte[] {(byte) 0xa0},
                cbor("authData"),
                new byte[] {0x59},
                ByteBuffer.allocate(2).putShort((short) data.length).array(),
                data);
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("clientDataJSON", text(clientData));
        response.put("attestationObject", text(attestation));
        response.put("transports", new String[] {"internal", "hybrid"});
        return credential(response);
    }

    /** Answers a question for a passkey that is there. */
    String use(String question) {
        byte[] clientData =
                clientData(type, JSON.readTree(question).get("challenge").asString());
        count++;
        byte[] data = authenticatorData(0);
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("clientDataJSON", text(clientData));
        response.put("authenticatorData", text(data));
        response.put("signature", text(signature(join(data, sha256(clientData)))));
        response.put("userHandle", text(owner));
        return credential(response);
    }

    private String credential(Map<String, Object> response) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("id", text(id));
        whole.put("rawId", text(id));
        whole.put("type", "public-key");
        whole.put("response", response);
        whole.put("clientExtensionResults", Map.of());
        return JSON.writeValueAsString(whole);
    }

    private byte[] clientData(String deed, String challenge) {
        return JSON.writeValueAsBytes(
                Map.of("type", deed, "challenge", challenge, "origin", origin, "crossOrigin", false));
    }

    private byte[] authenticatorData(int more) {
        int flags = PRESENT | more | (verifies ? VERIFIED : 0) | (synced ? CAN_BE_COPIED | IS_COPIED : 0);
        return join(
                sha256(site.getBytes(StandardCharsets.UTF_8)),
                new byte[] {(byte) flags},
                ByteBuffer.allocate(4).putInt((int) count).array());
    }

    /** RFC 9053: key type EC2, ES256, P-256, x, y. */
    private byte[] coseKey() {
        ECPublicKey open = (ECPublicKey) key.getPublic();
        return join(
                new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20},
                unsigned(open.getW().getAffineX()),
                new byte[] {0x22, 0x58, 0x20},
                unsigned(open.getW().getAffineY()));
    }

    private byte[] signature(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] whole = new byte[32];
        int from = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, from, whole, 32 - (bytes.length - from), bytes.length - from);
        return whole;
    }

    private static byte[] cbor(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return join(new byte[] {(byte) (0x60 + bytes.length)}, bytes);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
