package io.perennial.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail as the customer's mail program reads it. */
record ReadMail(String subject, String text, String html, String unsubscribe, String unsubscribePost) {

    private static final Pattern VOUCHER = Pattern.compile("\\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\\b");

    /** Those with this in their subject, now. */
    static List<ReadMail> of(String address, String inSubject) {
        return TestMail.receivedBy(address).stream()
                .map(ReadMail::parse)
                .filter(mail -> mail.subject().contains(inSubject))
                .toList();
    }

    /** The one with this in its subject; waits for it, and fails where there are two. */
    static ReadMail awaited(String address, String inSubject, Duration most) {
        await("a mail to " + address + " with “" + inSubject + "” in its subject")
                .atMost(most)
                .until(() -> !of(address, inSubject).isEmpty());
        List<ReadMail> mails = of(address, inSubject);
        assertThat(mails).hasSize(1);
        return mails.getFirst();
    }

    /** The voucher code in it. */
    String voucher() {
        return first(text, "(" + VOUCHER.pattern() + ")");
    }

    /** What the pattern's first group finds. */
    static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static ReadMail parse(ScriptedSmtp.Received received) {
        try {
            MimeMessage mail = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(received.content().getBytes(StandardCharsets.ISO_8859_1)));
            Multipart parts = (Multipart) mail.getContent();
            assertThat(parts.getCount()).isEqualTo(2);
            return new ReadMail(
                    mail.getSubject(),
                    (String) parts.getBodyPart(0).getContent(),
                    (String) parts.getBodyPart(1).getContent(),
                    first(mail.getHeader("List-Unsubscribe", null), "<(http[^>]+)>"),
                    mail.getHeader("List-Unsubscribe-Post", null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
