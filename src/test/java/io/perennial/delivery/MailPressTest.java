package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.MessageComposer.Composed;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.PiecedText;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Mails made piece by piece are, read back by the library, those made whole by plain means. */
@IntegrationTest
class MailPressTest {

    private static final Run RUN = new Run(
            new TenantId(5), new RunId(6), RunState.SENDING, "k", 1, "Růže", "a@b.example", "r@b.example", null);

    private static final List<String> HTML = List.of(
            "<p>Čerstvě pražená káva</p>\n",
            "<a class=x href=\"https://shop.example/a?b=1&amp;c=2\">x</a>",
            "<A HREF='http://shop.example/'>y</A>",
            "<area href = \"https://map.example/1\"><a\nhref=\"https://line.example\">",
            "<a title=\"<a href='http://in.example/'\" href=\"http://out.example/\">",
            "<abbr href=\"https://not.example\"><article href=\"https://not.example\">",
            "<a href=\"mailto:a@b.example\">m</a><a href=\"#top\">t</a>",
            "<a hreflang=\"cs\" data-href=\"https://data.example\" href=\"https://lang.example\">",
            "<a href=https://bare.example>bare</a> < a href=\"https://space.example\">",
            "<a href=\"https://shop.example/\" href=\"https://second.example\">",
            " trailing \t\n.\n..dots\r\n= sign ",
            "x".repeat(200),
            "😀 — „uvozovky“ ",
            "<td><!-- a comment > <a href=\"https://comment.example\"> -->");

    private static final List<String> TEXT = List.of(
            "Dobrý den, ",
            "viz https://shop.example/a, (https://shop.example/b) nebo https://shop.example/a. ",
            "http://x.example/?q=1\n",
            "https:// a http:/neither httpshop://x ",
            " trailing \n.\n..dots\n",
            "\"https://quoted.example\"!",
            "slovo ".repeat(30));

    private static final Pattern TRACKED = Pattern.compile("http\\S+?/p/c/([\\w-]+)");

    @Autowired
    CustomerLinks links;

    @Autowired
    LinkSigner signer;

    @Test
    void piecesGiveWhatTheWholeGives() throws Exception {
        Random random = new Random(11);
        MailPress press = new MailPress(RUN, links, null);
        List<PiecedText.Constant> html =
                HTML.stream().map(PiecedText.Constant::new).toList();
        List<PiecedText.Constant> text =
                TEXT.stream().map(PiecedText.Constant::new).toList();
        for (int round = 0; round < 2000; round++) {
            PiecedText body = mixed(html, HTML, random, "</body></html>");
            PiecedText plain = mixed(text, TEXT, random, "");
            Map<Long, String> found = new HashMap<>();
            byte[] bytes = pressed(press, recipient(round), new Composed.Message("Sleva", body, plain), found);
            Map<Long, String> expected = new HashMap<>();
            TrackedMail whole = new TrackedMail(links, RUN, round, expected);
            MimeMultipart parts = parts(bytes);
            assertThat(plain(parts.getBodyPart(1).getContent(), found))
                    .isEqualTo(plain(lines(whole.html(body.toString())), expected));
            assertThat(plain(parts.getBodyPart(0).getContent(), found))
                    .isEqualTo(plain(lines(whole.text(plain.toString())), expected));
            assertThat(Set.copyOf(found.values())).isEqualTo(Set.copyOf(expected.values()));
            assertTravels(bytes);
        }
    }

    @Test
    void anAddressOfSeveralPiecesIsOne() throws Exception {
        PiecedText html = new PiecedText.Builder()
                .add(new PiecedText.Constant("<body><a href=\"https://shop.example/?who="))
                .add("ada")
                .add(new PiecedText.Constant("&amp;x=1\">Shop</a>"))
                .build();
        PiecedText text = new PiecedText.Builder()
                .add(new PiecedText.Constant("See https://shop.example/?who="))
                .add("ada")
                .add(new PiecedText.Constant("."))
                .build();
        Map<Long, String> found = new HashMap<>();
        byte[] bytes =
                pressed(new MailPress(RUN, links, null), recipient(1), new Composed.Message("s", html, text), found);
        assertThat(found.values())
                .containsExactlyInAnyOrder("https://shop.example/?who=ada&x=1", "https://shop.example/?who=ada");
        assertThat(parts(bytes).getBodyPart(0).getContent().toString()).matches("See http\\S+/p/c/[\\w-]+\\.");
    }

    @Test
    void theHeadSaysWhomItIsFromAndHowToLeave() throws Exception {
        byte[] bytes = pressed(
                new MailPress(RUN, links, null), recipient(1), new Composed.Message("Žďár", "h", "t"), new HashMap<>());
        MimeMessage read = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
        assertThat(read.getFrom()[0].toString()).contains("a@b.example");
        assertThat(read.getReplyTo()[0].toString()).isEqualTo("r@b.example");
        assertThat(read.getSubject()).isEqualTo("Žďár");
        assertThat(read.getHeader("List-Unsubscribe", null)).isEqualTo("<https://leave.example/1>");
        assertThat(read.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(read.getMessageID()).isEqualTo("<" + links.messageId(RUN.tenant(), 1) + "@b.example>");
    }

    @Test
    void whoIsNotTrackedGetsPlainLinksAndNoPixel() throws Exception {
        PiecedText html = new PiecedText.Builder()
                .add(new PiecedText.Constant("<body><a href=\"https://shop.example/?a=1&amp;b=2\">x</a><a href='"))
                .add("https://shop.example/ada")
                .add(new PiecedText.Constant("'>y</a></body>"))
                .build();
        PiecedText text = new PiecedText.Builder()
                .add(new PiecedText.Constant("See https://shop.example/a. "))
                .add("https://shop.example/ada")
                .build();
        MailPress press = new MailPress(RUN, links, null);
        for (Tracked tracked : List.of(Tracked.ALL, Tracked.NOTHING, new Tracked(true, false), Tracked.ALL)) {
            Map<Long, String> found = new HashMap<>();
            press.clear();
            press.press(recipient(1), new Composed.Message("s", html, text), tracked, found);
            MimeMultipart parts = parts(Arrays.copyOf(press.bytes(), press.size()));
            String body = parts.getBodyPart(1).getContent().toString();
            assertThat(found).hasSize(tracked.clicks() ? 3 : 0);
            assertThat(body.contains("/p/o/")).isEqualTo(tracked.opens());
            if (!tracked.clicks()) {
                assertThat(parts.getBodyPart(0).getContent()).isEqualTo(text.toString());
                assertThat(body).startsWith(html.toString().replace("</body>", ""));
            }
        }
    }

    /** With the addresses to which tracked links lead in place of their tokens: their numbers differ in length. */
    private String plain(Object content, Map<Long, String> found) {
        return TRACKED.matcher(content.toString())
                .replaceAll(match -> Matcher.quoteReplacement("["
                        + found.get(signer.read(LinkToken.Purpose.CLICK, match.group(1))
                                .orElseThrow()
                                .link()) + "]"));
    }

    private static byte[] pressed(MailPress press, Recipient to, Composed.Message message, Map<Long, String> found) {
        press.clear();
        press.press(to, message, Tracked.ALL, found);
        return Arrays.copyOf(press.bytes(), press.size());
    }

    private static PiecedText mixed(
            List<PiecedText.Constant> constants, List<String> strings, Random random, String end) {
        PiecedText.Builder pieces = new PiecedText.Builder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            int which = random.nextInt(strings.size());
            if (random.nextBoolean()) {
                pieces.add(constants.get(which));
            } else {
                pieces.add(strings.get(which));
            }
        }
        return pieces.add(new PiecedText.Constant(end)).build();
    }

    private static Recipient recipient(long message) {
        return new Recipient(message, new CustomerId(3), "ada@example.com", "https://leave.example/" + message, "p");
    }

    private static MimeMultipart parts(byte[] bytes) throws Exception {
        return (MimeMultipart)
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)).getContent();
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n");
    }

    /** As SMTP wants it: short lines that end with CRLF, none of which begins with a dot. */
    private static void assertTravels(byte[] bytes) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(all).endsWith("\r\n").doesNotContain("\r\n.");
        assertThat(all.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
        assertThat(all.chars()).allMatch(c -> c < 128);
        assertThat(all.substring(all.indexOf("\r\n\r\n")).lines()).allMatch(line -> line.length() <= 76);
    }
}
