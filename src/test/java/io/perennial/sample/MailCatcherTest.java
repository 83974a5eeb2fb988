package io.perennial.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailCatcherTest {

    private MailCatcher catcher;

    @BeforeEach
    void start() throws IOException {
        catcher = MailCatcher.start();
    }

    @AfterEach
    void stop() throws IOException {
        catcher.close();
    }

    @Test
    void aMailIsKeptAsItsReceiverSeesIt() throws Exception {
        send("Nová káva ☕", "text\n.dot\n..two dots\n", "<p>Dobrý den</p>");
        CaughtMail mail = catcher.mails(m -> true).getFirst();
        assertThat(mail.subject()).isEqualTo("Nová káva ☕");
        assertThat(mail.from()).isEqualTo("shop@roaster.example");
        assertThat(mail.to()).containsExactly("jan@posta.example");
        assertThat(mail.html()).hasValueSatisfying(html -> assertThat(html).contains("<p>Dobrý den</p>"));
        assertThat(mail.text().orElseThrow().replace("\r", "")).startsWith("text\n.dot\n..two dots");
    }

    @Test
    void onlyTheNewestAreKept() throws Exception {
        for (int i = 0; i < 30; i++) {
            send("mail " + i, "text", "html");
        }
        assertThat(catcher.mails(mail -> mail.subject().endsWith("9")))
                .extracting(CaughtMail::subject)
                .containsExactly("mail 29", "mail 19", "mail 9");
    }

    @Test
    void aSenderThatTalksNonsenseIsAnsweredAndForgotten() throws Exception {
        assertThat(talk("HELLO\r\nDATA\r\nQUIT\r\n"))
                .contains("502")
                .contains("503")
                .contains("221");
        assertThat(talk("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nhalf a ma"))
                .contains("354");
        assertThat(talk("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nno head at all\r\n.\r\nQUIT\r\n"))
                .contains("250 Caught");
        assertThat(catcher.mails(mail -> mail.to().contains("c@d.example")))
                .last()
                .satisfies(mail -> {
                    assertThat(mail.subject()).isEmpty();
                    assertThat(mail.html()).isEmpty();
                });
    }

    private String talk(String words) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), catcher.port())) {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private void send(String subject, String text, String html) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(catcher.port()));
        MimeMessage mail = new MimeMessage(Session.getInstance(properties));
        mail.setFrom(new InternetAddress("Shop@roaster.example", "Pražírna"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("jan@posta.example"));
        mail.setSubject(subject, "UTF-8");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart rich = new MimeBodyPart();
        rich.setContent(html, "text/html; charset=UTF-8");
        mail.setContent(new MimeMultipart("alternative", plain, rich));
        Transport.send(mail);
    }
}
