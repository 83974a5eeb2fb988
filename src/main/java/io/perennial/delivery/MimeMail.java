package io.perennial.delivery;

import io.perennial.delivery.sender.Domains;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it travels: head, then text and HTML as alternatives (RFC 2046, 5.1.4).
 *
 * @param unsubscribe the one-click link (RFC 8058), or none for mails that are not sent to a list
 */
record MimeMail(
        String senderName,
        String senderAddress,
        @Nullable String replyTo,
        String to,
        String subject,
        String html,
        String text,
        String messageId,
        @Nullable String unsubscribe) {

    // RFC 5322, 3.3; the library's own format gives a one-digit day, which some filters count against a mail.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    /**
     * The bytes of the mail, CRLF everywhere.
     *
     * @throws IllegalArgumentException if a header's value has a line break in it
     */
    byte[] bytes(ZonedDateTime now) {
        String boundary = "=_" + messageId.substring(0, Math.max(1, messageId.indexOf('@')));
        MailBytes out = new MailBytes(1024 + (text.length() + html.length()) * 5 / 4);
        out.lines(new MailHeaders()
                .addMailbox("From", senderName, Domains.asciiDomain(senderAddress))
                .toString());
        out.lines(head(to, subject, replyTo, messageId, boundary, unsubscribe, now));
        out.lines(partHead(boundary, "text/plain"));
        out.text(text);
        out.lines(partHead(boundary, "text/html"));
        out.text(html);
        out.lines("\r\n--" + boundary + "--\r\n");
        return out.toArray();
    }

    /** Everything of the head but its sender. */
    static String head(
            String to,
            String subject,
            @Nullable String replyTo,
            String messageId,
            String boundary,
            @Nullable String unsubscribe,
            ZonedDateTime now) {
        MailHeaders head = new MailHeaders()
                .add("To", Domains.asciiDomain(to))
                .addText("Subject", subject)
                .add("Date", DATE.format(now.withZoneSameInstant(ZoneOffset.UTC)))
                .add("Message-ID", "<" + messageId + ">");
        if (replyTo != null) {
            head.add("Reply-To", Domains.asciiDomain(replyTo));
        }
        if (unsubscribe != null) {
            head.add("List-Unsubscribe", "<" + unsubscribe + ">");
            head.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        head.add("MIME-Version", "1.0");
        head.add("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
        return head.toString();
    }

    static String partHead(String boundary, String type) {
        return "\r\n--" + boundary + "\r\nContent-Type: " + type
                + "; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    }
}
