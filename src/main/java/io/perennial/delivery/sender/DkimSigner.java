package io.perennial.delivery.sender;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Signs mails (RFC 6376 with RSA, RFC 8463 with Ed25519; relaxed/relaxed). Used by one thread at a time.
 *
 * @see <a href="../../../../../../docs/decisions/0506-senders.md">0506-senders.md</a>
 */
public final class DkimSigner {

    /** What is signed where a mail has it: everything of ours that a reader or a mail program heeds (RFC 6376, 5.4). */
    private static final Set<String> SIGNED = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "list-id",
            "list-help",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "feedback-id");

    private static final int FOLD = 72;
    private static final byte[] BREAK = {'\r', '\n'};

    private final String domain;
    private final List<Pen> pens = new ArrayList<>();
    private final InstantSource clock;
    private final MessageDigest sha256;
    private final ByteArrayOutputStream canonical = new ByteArrayOutputStream(2048);

    /** One key and what makes signatures with it. */
    private record Pen(DkimKeys.Key key, Signature signature) {}

    public DkimSigner(DkimKeys keys) {
        this(keys, InstantSource.system());
    }

    DkimSigner(DkimKeys keys, InstantSource clock) {
        this.domain = keys.domain();
        this.clock = clock;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
            for (DkimKeys.Key key : keys.keys()) {
                pens.add(new Pen(key, QuickCrypto.signing(key.algorithm().jdkSignature(), key.key())));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys of " + domain + " cannot sign", e);
        }
    }

    /**
     * The signatures of a mail, as headers to be put in front of it.
     *
     * @param mail has it from {@code from}, {@code length} long: headers, an empty line, the body; CRLF everywhere
     */
    public byte[] sign(byte[] mail, int from, int length) {
        List<Field> fields = new ArrayList<>();
        int body = fields(mail, from, from + length, fields);
        sha256.reset();
        Relaxed.body(mail, body, from + length, sha256);
        String bodyHash = Base64.getEncoder().encodeToString(sha256.digest());

        canonical.reset();
        StringBuilder names = new StringBuilder(160);
        // Of several with one name, the last comes first (RFC 6376, 5.4.2); so all are taken from the end.
        for (Field field : fields.reversed()) {
            if (SIGNED.contains(field.name())) {
                Relaxed.header(mail, field.from(), field.to(), canonical);
                canonical.writeBytes(BREAK);
                names.append(field.name()).append(':');
            }
        }
        // Once more than there are: a second sender, put in later, would not be what was signed (RFC 6376, 8.15).
        names.append("from");
        byte[] signedHeaders = canonical.toByteArray();

        StringBuilder result = new StringBuilder(1400);
        for (Pen pen : pens) {
            result.append(signature(pen, names.toString(), bodyHash, signedHeaders));
        }
        return result.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private String signature(Pen pen, String names, String bodyHash, byte[] signedHeaders) {
        StringBuilder header = new StringBuilder(700)
                .append("DKIM-Signature: v=1; a=")
                .append(pen.key().algorithm().signatureName())
                .append("; c=relaxed/relaxed;\r\n d=")
                .append(domain)
                .append("; s=")
                .append(pen.key().selector())
                .append(";\r\n t=")
                .append(clock.instant().getEpochSecond())
                .append("; h=");
        int column = 20;
        for (String name : names.split(":")) {
            if (column + name.length() > FOLD) {
                header.append("\r\n ");
                column = 1;
            }
            header.append(name).append(':');
            column += name.length() + 1;
        }
        header.setCharAt(header.length() - 1, ';');
        header.append("\r\n bh=").append(bodyHash).append(";\r\n b=");
        byte[] own = header.toString().getBytes(StandardCharsets.US_ASCII);
        canonical.reset();
        canonical.writeBytes(signedHeaders);
        Relaxed.header(own, 0, own.length, canonical);
        String value = Base64.getEncoder().encodeToString(signed(pen, canonical.toByteArray()));
        for (int at = 0; at < value.length(); at += FOLD) {
            header.append(at == 0 ? "" : "\r\n ").append(value, at, Math.min(at + FOLD, value.length()));
        }
        return header.append("\r\n").toString();
    }

    private byte[] signed(Pen pen, byte[] text) {
        try {
            // Ed25519 signs the hash (RFC 8463, 3); RSA's signature hashes by itself.
            pen.signature().update(pen.key().algorithm() == DkimAlgorithm.ED25519 ? sha256.digest(text) : text);
            return pen.signature().sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key " + pen.key().selector() + " of " + domain + " cannot sign", e);
        }
    }

    /**
     * A header of the mail.
     *
     * @param name in lower case
     * @param to before its last line break
     */
    private record Field(String name, int from, int to) {}

    /** Finds the headers; gives where the body begins. */
    private static int fields(byte[] mail, int from, int end, List<Field> fields) {
        int at = from;
        while (at < end) {
            if (mail[at] == '\r') {
                return at + 2;
            }
            int stop = at;
            do {
                stop++;
                while (stop < end && mail[stop] != '\n') {
                    stop++;
                }
            } while (stop + 1 < end && (mail[stop + 1] == ' ' || mail[stop + 1] == '\t'));
            fields.add(new Field(name(mail, at, stop), at, Math.min(stop, end) - 1));
            at = stop + 1;
        }
        return end;
    }

    private static String name(byte[] mail, int from, int to) {
        StringBuilder name = new StringBuilder(24);
        for (int at = from; at < to && mail[at] != ':'; at++) {
            byte b = mail[at];
            if (b != ' ' && b != '\t') {
                name.append((char) (b >= 'A' && b <= 'Z' ? b + 32 : b));
            }
        }
        return name.toString();
    }
}
