package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.delivery.MessageComposer.Composed;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Mails with any content, as they are sent, read back by who had no part in writing them: Apache mime4j and, where there
 * is one, Python's email package.
 */
@IntegrationTest
class IndependentReadersTest {

    private static final int ROUNDS = 400;

    /** First and last code point of what is drawn from. */
    private static final int[][] RANGES = {
        {' ', '~'},
        {' ', '~'},
        {' ', '~'},
        {'\n', '\n'},
        {'\u00a0', '\u017f'},
        {'\u0400', '\u04ff'},
        {'\u0590', '\u05ea'},
        {'\u0300', '\u036f'},
        {'\u2000', '\u2027'},
        {'\u4e00', '\u9fff'},
        {0x1f300, 0x1f64f}
    };

    private static final List<String> ODD = List.of(
            "=?UTF-8?B?SGk=?=",
            "\"quoted\" and \\back\\",
            ".\n..\n. dots",
            "From here\nFrom there",
            "--=_1.5@b.example--",
            "= =3D =\n=",
            "a,b;c:d<e>@[f](g)",
            "\u202eright to left\u202c",
            "x".repeat(1_200),
            "ž".repeat(700),
            " leading and trailing \t");

    private static final String PYTHON = """
            import sys, json, email, email.policy, email.header, email.utils
            out = []
            for raw in json.load(sys.stdin):
                import base64
                b = base64.b64decode(raw)
                m = email.message_from_bytes(b, policy=email.policy.default)
                raw = email.message_from_bytes(b, policy=email.policy.compat32)['From'].replace('\\r\\n', '')
                name, address = email.utils.parseaddr(raw)
                out.append({'subject': m['Subject'], 'name': str(email.header.make_header(email.header.decode_header(name))),
                    'address': address, 'to': str(m['To']),
                    'text': m.get_body(('plain',)).get_content(), 'html': m.get_body(('html',)).get_content(),
                    'leave': m['List-Unsubscribe'], 'post': m['List-Unsubscribe-Post'],
                    'defects': ' '.join(str(d) for p in m.walk() for d in p.defects)})
            json.dump(out, sys.stdout)
            """;

    @Autowired
    CustomerLinks links;

    @TempDir
    Path folder;

    private record Sample(String name, String to, String subject, String html, String text, byte[] bytes) {}

    @Test
    void mime4jReadsBackWhatWasWritten() throws Exception {
        for (Sample sample : samples()) {
            Map<String, String> read = mime4j(sample.bytes());
            assertThat(DecoderUtil.decodeEncodedWords(read.get("subject"), DecodeMonitor.STRICT))
                    .isEqualTo(sample.subject());
            assertThat(personOf(read.get("from"))).isEqualTo(sample.name());
            assertThat(read.get("to")).isEqualTo(sample.to());
            assertThat(read.get("text/plain")).isEqualTo(lines(sample.text()));
            assertThat(read.get("text/html")).isEqualTo(lines(sample.html()));
            assertThat(read.get("list-unsubscribe")).isEqualTo("<https://leave.example/1>");
            assertThat(read.get("list-unsubscribe-post")).isEqualTo("List-Unsubscribe=One-Click");
            assertTravels(sample.bytes());
        }
    }

    @Test
    void pythonReadsBackWhatWasWritten() throws Exception {
        List<Sample> samples = samples();
        Path script = Files.writeString(folder.resolve("read.py"), PYTHON);
        List<Map<String, String>> read = python(
                script,
                samples.stream()
                        .map(sample -> Base64.getEncoder().encodeToString(sample.bytes()))
                        .toList());
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            Map<String, String> seen = read.get(i);
            assertThat(seen.get("defects")).isEmpty();
            assertThat(seen.get("subject")).isEqualTo(sample.subject());
            assertThat(seen.get("name")).isEqualTo(sample.name());
            assertThat(seen.get("address")).isEqualTo("a@b.example");
            assertThat(seen.get("to")).isEqualTo(sample.to());
            assertThat(lines(seen.get("text"))).isEqualTo(lines(sample.text()));
            assertThat(lines(seen.get("html"))).isEqualTo(lines(sample.html()));
            assertThat(seen.get("leave")).isEqualTo("<https://leave.example/1>");
            assertThat(seen.get("post")).isEqualTo("List-Unsubscribe=One-Click");
        }
    }

    @Test
    void aDomainThatIsNotAsciiTravelsInPunycode() throws Exception {
        byte[] bytes = pressed(
                "Shop",
                new Recipient(1, new CustomerId(3), "ada@žluťoučký.example", "https://leave.example/1", "p"),
                "s",
                "h",
                "t");
        assertThat(mime4j(bytes).get("to")).isEqualTo("ada@xn--luouk-uva4it5a4g.example");
        assertTravels(bytes);
    }

    private List<Sample> samples() {
        Random random = new Random(23);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            String name = oneLine(text(random, 40), 110);
            String subject = oneLine(text(random, 60), 850);
            String html = "<html><body>" + text(random, 300) + "</body></html>";
            String text = text(random, 300);
            Recipient to =
                    new Recipient(1, new CustomerId(3), "c" + i + "@example.com", "https://leave.example/1", "p");
            samples.add(new Sample(name, to.email(), subject, html, text, pressed(name, to, subject, html, text)));
        }
        return samples;
    }

    private byte[] pressed(String name, Recipient to, String subject, String html, String text) {
        Run run = new Run(
                new TenantId(5), new RunId(6), RunState.SENDING, "k", 1, name, "a@b.example", "r@b.example", null);
        MailPress press = new MailPress(run, links, null);
        press.press(to, new Composed.Message(subject, html, text), Tracked.NOTHING, new HashMap<>());
        return Arrays.copyOf(press.bytes(), press.size());
    }

    private static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(5);
        for (int p = 0; p < pieces; p++) {
            if (random.nextInt(3) == 0) {
                text.append(ODD.get(random.nextInt(ODD.size())));
            }
            int[] range = RANGES[random.nextInt(RANGES.length)];
            for (int i = random.nextInt(longest); i > 0; i--) {
                int c = range[0] + random.nextInt(range[1] - range[0] + 1);
                // Markup of its own would be tracked, which another test is about; addresses too.
                text.appendCodePoint(c == '<' || c == 'h' || !Character.isDefined(c) ? '_' : c);
            }
        }
        return text.toString().replace("<", "(").replace("http", "h_p");
    }

    /** As a template's subject and a business's name are: on one line, no spaces at the ends. */
    private static String oneLine(String text, int longest) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]+", " ")
                .replaceAll("[\\s\\u00a0\\u2000-\\u200a]+", " ");
        int end = Math.min(longest, line.length());
        String cut = line.substring(0, end > 0 && Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
        return cut.isBlank() ? "Shop" : cut.strip();
    }

    /** Header fields by lower-case name, unfolded, and the parts' contents by type. */
    private static Map<String, String> mime4j(byte[] bytes) throws MimeException, IOException {
        Map<String, String> read = new LinkedHashMap<>();
        MimeStreamParser parser = new MimeStreamParser(
                MimeConfig.custom().setStrictParsing(true).setMaxLineLen(1_000).build());
        parser.setContentDecoding(true);
        parser.setContentHandler(new AbstractContentHandler() {
            @Override
            public void field(Field field) {
                read.putIfAbsent(
                        field.getName().toLowerCase(java.util.Locale.ROOT),
                        field.getBody().strip());
            }

            @Override
            public void body(BodyDescriptor part, InputStream content) throws IOException {
                assertThat(part.getCharset()).isEqualTo("UTF-8");
                read.put(part.getMimeType(), new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        parser.parse(new ByteArrayInputStream(bytes));
        return read;
    }

    /** The display name of "name <address>", unquoted or decoded. */
    private static String personOf(String mailbox) {
        String name = mailbox.substring(0, mailbox.lastIndexOf('<')).strip();
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1")
                : DecoderUtil.decodeEncodedWords(name, DecodeMonitor.STRICT);
    }

    private static void assertTravels(byte[] bytes) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(all.chars()).allMatch(c -> c < 128);
        assertThat(all.lines()).allMatch(line -> line.length() <= 998);
        // Folded as RFC 5322 (2.1.1) wishes.
        assertThat(all.substring(0, all.indexOf("\r\n\r\n")).lines()).allMatch(line -> line.length() <= 78);
        assertThat(all.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n");
    }

    private static List<Map<String, String>> python(Path script, List<String> mails) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder("python3", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("No python3 on this machine");
            throw e;
        }
        JsonMapper json = new JsonMapper();
        Thread writer = Thread.ofVirtual().start(() -> {
            try (var out = process.getOutputStream()) {
                out.write(json.writeValueAsBytes(mails));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        writer.join();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return json.readValue(answer, new TypeReference<List<Map<String, String>>>() {});
    }
}
