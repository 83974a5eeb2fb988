package io.perennial.accounts.signin;

import io.nayuki.qrcodegen.QrCode;
import java.io.Serializable;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A second factor that is being set up: nothing of it is kept until its first code was right.
 *
 * @param secret in base 32, as one types it into an app
 * @param uri what the picture says to the app
 */
public record Enrolment(String secret, String uri) implements Serializable {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static Enrolment of(String email) {
        byte[] bytes = new byte[Totp.SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = base32(bytes);
        String name =
                URLEncoder.encode("Perennial:" + email, StandardCharsets.UTF_8).replace("+", "%20");
        return new Enrolment(secret, "otpauth://totp/" + name + "?secret=" + secret + "&issuer=Perennial");
    }

    byte[] bytes() {
        BigInteger number = BigInteger.ONE; // keeps leading zeros
        for (int i = 0; i < secret.length(); i++) {
            number = number.shiftLeft(5).or(BigInteger.valueOf(LETTERS.indexOf(secret.charAt(i))));
        }
        byte[] all = number.toByteArray();
        byte[] bytes = new byte[Totp.SECRET_BYTES];
        System.arraycopy(all, all.length - bytes.length, bytes, 0, bytes.length);
        return bytes;
    }

    /** The secret in groups of four. */
    public String readable() {
        return secret.replaceAll("(.{4})(?!$)", "$1 ");
    }

    /** The picture to scan, as the address of an image: made here, so no other server hears of it. */
    public String picture() {
        QrCode code = QrCode.encodeText(uri, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        String svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " + code.size + ' ' + code.size
                + "' shape-rendering='crispEdges'><path d='" + path + "'/></svg>";
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    /** Twenty bytes are 32 letters, without padding. */
    static String base32(byte[] bytes) {
        BigInteger number = new BigInteger(1, bytes);
        char[] letters = new char[bytes.length * 8 / 5];
        for (int i = letters.length - 1; i >= 0; i--) {
            letters[i] = LETTERS.charAt(number.intValue() & 31);
            number = number.shiftRight(5);
        }
        return new String(letters);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Enrolment";
    }
}
