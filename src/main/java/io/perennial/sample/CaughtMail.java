package io.perennial.sample;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it came over SMTP.
 *
 * @param number counts up from 1
 * @param from the address in its From header, lower case; empty where there is none
 * @param to the envelope's receivers
 * @param content head and body, as sent
 */
record CaughtMail(long number, Instant at, String from, List<String> to, String subject, byte[] content) {

    static CaughtMail of(long number, Instant at, List<String> to, byte[] content) {
        try {
            InternetHeaders head = new InternetHeaders(new ByteArrayInputStream(content));
            return new CaughtMail(number, at, sender(head), List.copyOf(to), subject(head), content);
        } catch (MessagingException e) {
            return new CaughtMail(number, at, "", List.copyOf(to), "", content);
        }
    }

    private static String sender(InternetHeaders head) throws MessagingException {
        String from = head.getHeader("From", null);
        InternetAddress[] addresses = from == null ? new InternetAddress[0] : InternetAddress.parseHeader(from, false);
        return addresses.length == 0 ? "" : addresses[0].getAddress().toLowerCase(java.util.Locale.ROOT);
    }

    private static String subject(InternetHeaders head) {
        String subject = head.getHeader("Subject", null);
        try {
            return subject == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(subject));
        } catch (UnsupportedEncodingException e) {
            return subject;
        }
    }

    /** The HTML part, if it has one. */
    Optional<String> html() {
        return Optional.ofNullable(part("text/html"));
    }

    /** The text part, if it has one. */
    Optional<String> text() {
        return Optional.ofNullable(part("text/plain"));
    }

    /** Head and body as they travelled. */
    String source() {
        return new String(content, StandardCharsets.UTF_8);
    }

    private @Nullable String part(String type) {
        try {
            return find(
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content)), type);
        } catch (MessagingException | IOException e) {
            return null;
        }
    }

    private static @Nullable String find(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                BodyPart one = several.getBodyPart(i);
                String found = find(one, type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
