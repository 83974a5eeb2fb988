package io.perennial.delivery.returns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail as a stream of tokens, without building anything of it whole, within limits of depth, parts and length.
 * Whatever is wrong with a mail ends in {@link Unreadable} and nothing else.
 */
final class ReturnedMailReader {

    private static final int DEEPEST = 12;
    private static final int MOST_PARTS = 200;
    private static final int MOST_TEXT = 64 << 10;
    private static final MimeConfig LIMITS = new MimeConfig.Builder()
            .setMaxLineLen(100_000)
            .setMaxHeaderCount(1_000)
            .setMaxHeaderLen(100_000)
            .setMaxContentLen(-1)
            .setMalformedHeaderStartsBody(false)
            .build();
    /** Where bounces in plain text begin to quote (qmail, Exim, sendmail, old Exchange). */
    private static final Pattern QUOTE = Pattern.compile(
            "^-{2,}.{0,20}\\b(?:copy of|original message|undelivered message|unsent message|returned message)\\b.*$",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    private static final Pattern TAGS = Pattern.compile("<(?:style|script)[^>]*>[^<]*|<[^>]{0,2000}>");

    private final MailFields head = new MailFields();
    private final MailFields original = new MailFields();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final StringBuilder originalText = new StringBuilder();
    private List<MailFields> status = List.of();
    private @Nullable MailFields feedback;
    private int depth;
    private int messages;
    private int parts;
    private boolean messageHeader;

    private ReturnedMailReader() {}

    /** A mail that is not to be made sense of; the message says why. */
    static final class Unreadable extends Exception {
        Unreadable(String why) {
            super(why);
        }
    }

    static ReturnedMail read(byte[] mail) throws Unreadable {
        ReturnedMailReader reader = new ReturnedMailReader();
        try {
            reader.readAll(mail);
        } catch (IOException | MimeException e) {
            throw new Unreadable(e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (RuntimeException e) { // a fault of the library that this mail brings to light
            throw new Unreadable("Malformed: " + e);
        }
        if (reader.head.isEmpty()) {
            throw new Unreadable("No header");
        }
        return reader.result();
    }

    private void readAll(byte[] mail) throws IOException, MimeException, Unreadable {
        MimeTokenStream stream = new MimeTokenStream(LIMITS);
        stream.setRecursionMode(RecursionMode.M_RECURSE);
        stream.parse(new ByteArrayInputStream(mail));
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            switch (state) {
                case T_START_MESSAGE -> {
                    messages++;
                    enter();
                    messageHeader = true;
                }
                case T_START_MULTIPART -> enter();
                case T_START_BODYPART -> {
                    messageHeader = false;
                    if (++parts > MOST_PARTS) {
                        throw new Unreadable("More than " + MOST_PARTS + " parts");
                    }
                }
                case T_END_MULTIPART -> depth--;
                case T_END_MESSAGE -> {
                    depth--;
                    messages--;
                }
                case T_FIELD -> field(stream.getField());
                case T_BODY -> body(stream);
                default -> {}
            }
        }
    }

    private void enter() throws Unreadable {
        if (++depth > DEEPEST) {
            throw new Unreadable("Nested more than " + DEEPEST + " deep");
        }
    }

    private void field(Field field) {
        if (messageHeader && messages <= 2) {
            (messages == 1 ? head : original).add(field.getName(), String.valueOf(field.getBody()));
        }
    }

    private void body(MimeTokenStream stream) throws IOException {
        String type = String.valueOf(stream.getBodyDescriptor().getMimeType()).toLowerCase(Locale.ROOT);
        switch (type) {
            case "message/delivery-status", "message/global-delivery-status" -> {
                if (status.isEmpty()) {
                    status = MailFields.paragraphs(content(stream), 50);
                }
            }
            case "message/feedback-report" -> {
                if (feedback == null) {
                    List<MailFields> fields = MailFields.paragraphs(content(stream), 1);
                    feedback = fields.isEmpty() ? new MailFields() : fields.getFirst();
                }
            }
            case "text/rfc822-headers", "message/global-headers", "message/global", "message/rfc822" ->
                quote(content(stream));
            case "text/plain" -> append(messages > 1 ? originalText : text, content(stream));
            case "text/html" -> append(messages > 1 ? originalText : html, content(stream));
            default -> {}
        }
    }

    /** A header as text, with or without what follows it. */
    private void quote(String quoted) {
        if (original.isEmpty()) {
            MailFields.paragraphs(quoted, 1).forEach(fields -> copy(fields));
        }
        append(originalText, quoted);
    }

    private void copy(MailFields fields) {
        for (String name : List.of("return-path", "message-id", "list-unsubscribe", "to", "subject")) {
            fields.all(name).forEach(value -> original.add(name, value));
        }
    }

    private static void append(StringBuilder to, String what) {
        to.append(what, 0, Math.max(0, Math.min(what.length(), MOST_TEXT - to.length())))
                .append('\n');
    }

    private static String content(MimeTokenStream stream) throws IOException {
        byte[] bytes;
        try (InputStream body = stream.getDecodedInputStream()) {
            bytes = body.readNBytes(MOST_TEXT);
        }
        return new String(bytes, charset(stream.getBodyDescriptor().getCharset()));
    }

    private static Charset charset(@Nullable String name) {
        try {
            return name == null || name.equalsIgnoreCase("us-ascii") ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private ReturnedMail result() {
        String said = text.isEmpty() ? TAGS.matcher(html).replaceAll(" ") : text.toString();
        Matcher quote = QUOTE.matcher(said);
        if (quote.find()) {
            quote(said.substring(quote.end()).stripLeading());
            said = said.substring(0, quote.start());
        }
        return new ReturnedMail(head, new ArrayList<>(status), feedback, said, original, originalText.toString());
    }
}
