package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.perennial.delivery.MessageComposer.Composed;
import io.perennial.delivery.sender.DkimAlgorithm;
import io.perennial.delivery.sender.DkimSigner;
import io.perennial.delivery.sender.IndependentDkim;
import io.perennial.delivery.sender.TestKeys;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.PiecedText;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Signed mails convince a verifier that others wrote (case 25). */
@IntegrationTest
class SignedMailTest {

    private static final String DOMAIN = "xn--rstwerk-90a.example";
    private static final TestKeys BOTH = TestKeys.of(DOMAIN, DkimAlgorithm.RSA, DkimAlgorithm.ED25519);

    @Autowired
    CustomerLinks links;

    private String python = "";

    @BeforeEach
    void aVerifier() {
        python = IndependentDkim.python().orElse("");
        assumeTrue(
                !python.isEmpty(),
                "No independent DKIM verifier here (Debian: apt-get install python3-dkim python3-nacl)");
    }

    private static Run run(String senderName, String replyTo) {
        return new Run(
                new TenantId(5),
                new RunId(6),
                RunState.SENDING,
                "k",
                1,
                senderName,
                "hello@röstwerk.example",
                replyTo,
                null);
    }

    private byte[] pressed(Run run, String to, Composed.Message message) {
        MailPress press = new MailPress(run, links, BOTH.keys());
        Recipient recipient =
                new Recipient(77, new CustomerId(7), to, "https://leave.example/u/1", "https://leave.example/p/1");
        press.press(
                recipient,
                new Composed.Message("Before", "<p>Another mail in front</p>", "t"),
                Tracked.ALL,
                new HashMap<>());
        int start = press.size();
        press.press(recipient, message, Tracked.ALL, new HashMap<>());
        return Arrays.copyOfRange(press.bytes(), start, press.size());
    }

    private List<String> verdicts(List<byte[]> mails) throws Exception {
        return IndependentDkim.verdicts(python, BOTH.records(), mails);
    }

    @Test
    void everyKindOfMailPassesWithBothKeys() throws Exception {
        Run plain = run("Röstwerk", "answers@röstwerk.example");
        Run odd =
                run("\"Quotes\" and \\ and a name that is much longer than fits into one line of a header ěščřž", null);
        List<byte[]> mails = List.of(
                pressed(plain, "ada@example.com", new Composed.Message("Hello", "<p>Hello</p>", "Hello")),
                pressed(odd, "ada@příklad.example", new Composed.Message("Žluťoučký kůň ".repeat(20), "<p>x</p>", "x")),
                pressed(plain, "ada@example.com", new Composed.Message("", "", "")),
                pressed(plain, "ada@example.com", new Composed.Message("  two   spaces  ", "\n\n\n", "\n\n")),
                pressed(
                        plain,
                        "ada@example.com",
                        new Composed.Message(
                                "Dots",
                                "<body>.\n..\n.dot\n<a href=\"https://s.example/\">a</a></body>",
                                ".\n..\n.dot\n.")),
                pressed(
                        plain,
                        "ada@example.com",
                        new Composed.Message("Spaces", "a \nb\t\n \n\t\n  c  d \t e\n \n", " \n\t")),
                pressed(
                        plain,
                        "ada@example.com",
                        new Composed.Message(
                                "Pieces",
                                new PiecedText.Builder()
                                        .add(new PiecedText.Constant("<body><p>" + "word ".repeat(400)))
                                        .add("Ada   Lovelace")
                                        .add(new PiecedText.Constant("</p></body>"))
                                        .build(),
                                new PiecedText.Builder().add("Ada").build())));
        assertThat(verdicts(mails))
                .hasSize(mails.size())
                .allSatisfy(verdict -> assertThat(verdict.split(";"))
                        .hasSize(2)
                        .allMatch(one -> one.startsWith("pass "))
                        .anyMatch(one -> one.startsWith("pass rsa-sha256 "))
                        .anyMatch(one -> one.startsWith("pass ed25519-sha256 "))
                        .allMatch(one -> one.contains("list-unsubscribe:list-unsubscribe-post:message-id:mime-version")
                                && one.contains("from:")
                                && one.contains(":subject:to")));
    }

    @Test
    void aSignatureNamesTheSenderOnceMoreThanThereAre() {
        String mail = new String(
                pressed(run("R", null), "ada@example.com", new Composed.Message("s", "h", "t")),
                StandardCharsets.US_ASCII);
        assertThat(mail.lines().takeWhile(line -> !line.isEmpty()))
                .noneMatch(line -> line.length() > 78 && line.startsWith("DKIM"))
                .allMatch(line -> line.length() <= 998);
        String signature = mail.substring(0, mail.indexOf("bh=")).replaceAll("\\s", "");
        assertThat(signature.substring(signature.indexOf("h=")).split("from", -1))
                .hasSize(3);
    }

    @Test
    void whatIsChangedOnTheWayNoLongerPassesAndSpacesMay() throws Exception {
        byte[] mail = pressed(run("R", null), "ada@example.com", new Composed.Message("Hello you", "<p>h  i</p>", "t"));
        String text = new String(mail, StandardCharsets.US_ASCII);
        List<String> changed = List.of(
                text.replace("Subject: Hello you", "Subject:  Hello\r\n\tyou "),
                text + "\r\n\r\n",
                text.replace("Hello you", "Hello me"),
                text.replace("<p>h", "<p>H"),
                text.replace("One-Click", "Two-Click"),
                text.replace("leave.example/u/1", "leave.example/u/2"),
                "From: somebody@else.example\r\n" + text);
        List<String> verdicts = verdicts(
                changed.stream().map(t -> t.getBytes(StandardCharsets.US_ASCII)).toList());
        assertThat(verdicts.subList(0, 2)).allMatch(verdict -> !verdict.contains("fail"));
        assertThat(verdicts.subList(2, 7)).allMatch(verdict -> !verdict.contains("pass"));
    }

    @Test
    void mailsOfRandomHeadersAndBodiesPass() throws Exception {
        Random random = new Random(25);
        DkimSigner signer = new DkimSigner(BOTH.keys());
        List<byte[]> mails = new ArrayList<>();
        for (int round = 0; round < 300; round++) {
            StringBuilder mail = new StringBuilder("From: a@" + DOMAIN + "\r\n");
            for (String name : List.of("To", "subject", "LIST-ID", "X-Other", "Reply-To", "To")) {
                if (random.nextInt(4) > 0) {
                    mail.append(name).append(':').append(words(random, "\r\n ")).append("\r\n");
                }
            }
            mail.append("\r\n").append(random.nextInt(8) == 0 ? "" : words(random, "\r\n") + "\r\n");
            byte[] bytes = mail.toString().getBytes(StandardCharsets.UTF_8);
            byte[] inFront = signer.sign(bytes, 0, bytes.length);
            byte[] whole = Arrays.copyOf(inFront, inFront.length + bytes.length);
            System.arraycopy(bytes, 0, whole, inFront.length, bytes.length);
            mails.add(whole);
        }
        assertThat(verdicts(mails)).hasSize(300).allMatch(verdict -> verdict.split("pass ", -1).length == 3);
    }

    /** Words with all kinds of white space between; a break is followed by a word, so that no header ends early. */
    private static String words(Random random, String lineBreak) {
        List<String> pieces = List.of("a", "žluť", "=?UTF-8?B?xb5sdcWl?=", ":", ";", ".", "x".repeat(70), "\"q\"");
        List<String> gaps =
                List.of(" ", "  ", "\t", " \t ", "", lineBreak + "w", " " + lineBreak + "w", lineBreak + ".");
        StringBuilder text = new StringBuilder(" first");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(gaps.get(random.nextInt(gaps.size()))).append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.append(random.nextBoolean() ? " \t" : "")
                .append(random.nextInt(3) == 0 && lineBreak.length() == 2 ? "\r\n\r\n" : "")
                .toString();
    }
}
