package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by hand is read back by the library. */
class MimeMailTest {

    private static final String LONG =
            "Žluťoučký kůň — ".repeat(400) + "\r\ntrailing space \n.\n..dots\n= sign\ttab\t\nend";

    private static MimeMail mail(String name, String to, String subject, String replyTo) {
        return new MimeMail(
                name,
                "hello@roast.example",
                replyTo,
                to,
                subject,
                "<html><body>" + LONG + "</body></html>",
                LONG,
                "abc.def@roast.example",
                "https://mail.example/p/u/token");
    }

    private static MimeMessage parsed(MimeMail mail) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(mail.bytes(ZonedDateTime.now())));
    }

    @Test
    void everyPartIsReadBackAsItWas() throws Exception {
        MimeMessage read = parsed(
                mail("Kavárna \"U Růže\", s.r.o.", "ada@example.com", "Žďár: sleva 20 % — jen dnes", "a@b.example"));
        assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo("Kavárna \"U Růže\", s.r.o.");
        assertThat(((InternetAddress) read.getFrom()[0]).getAddress()).isEqualTo("hello@roast.example");
        assertThat(read.getSubject()).isEqualTo("Žďár: sleva 20 % — jen dnes");
        assertThat(read.getReplyTo()[0].toString()).isEqualTo("a@b.example");
        assertThat(read.getMessageID()).isEqualTo("<abc.def@roast.example>");
        assertThat(read.getHeader("List-Unsubscribe", null)).isEqualTo("<https://mail.example/p/u/token>");
        assertThat(read.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(read.getSentDate()).isNotNull();
        MimeMultipart parts = (MimeMultipart) read.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        String text = LONG.replace("\r\n", "\n").replace("\n", "\r\n");
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo(text);
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<html><body>" + text + "</body></html>");
        assertThat(parts.getBodyPart(1).getContentType()).contains("text/html").contains("UTF-8");
    }

    @Test
    void noLineIsLongerThanAllowedAndAllIsAscii() {
        String all = new String(
                mail("Kavárna " + "ů".repeat(100), "ada@example.com", "Dlouhý předmět ".repeat(12), "a@b.example")
                        .bytes(ZonedDateTime.now()),
                StandardCharsets.ISO_8859_1);
        assertThat(all.lines()).allMatch(line -> line.length() <= 998);
        assertThat(all.substring(all.indexOf("\r\n\r\n")).lines()).allMatch(line -> line.length() <= 76);
        assertThat(all.chars()).allMatch(c -> c < 128);
        assertThat(all.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\u0000b", "a\u2028b", "a\u0085b"})
    void lineBreaksInHeadersAreRefused(String evil) {
        ZonedDateTime now = ZonedDateTime.now();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mail(evil, "a@b.example", "s", "a@b.example").bytes(now));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mail("n", evil, "s", "a@b.example").bytes(now));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mail("n", "a@b.example", evil, "a@b.example").bytes(now));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mail("n", "a@b.example", "s", evil).bytes(now));
    }
}
