package io.perennial.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ready-made templates to begin with: short, warm, 600 px wide, at home in dark mode, with address and unsubscribe. */
public final class StarterTemplates {

    /**
     * One of them.
     *
     * @param key names its texts: {@code content.starter.<key>.name} and {@code .about}
     */
    public record Starter(String key, TemplateSnapshot text) {}

    private static final List<Starter> ALL = List.of(
            starter("news", "Welcome to {{ business.name }}", "What you will hear from us, and how often."),
            starter(
                    "winback",
                    "{% if customer.first_name %}{{ customer.first_name }}, we{% else %}We{% endif %} have missed you",
                    "What came in since you were last here."),
            starter(
                    "appreciation",
                    "A thank-you for {{ customer.first_name | default: \"you\" }}: {{ voucher.offer }}",
                    "Your own code is inside. It works once."),
            starter(
                    "thanks",
                    "Thank you{% if customer.first_name %}, {{ customer.first_name }}{% endif %}",
                    "It was good to have you."),
            starter(
                    "birthday",
                    "Happy birthday{% if customer.first_name %}, {{ customer.first_name }}{% endif %}!",
                    "Something nice is waiting for you."),
            starter("empty", "", ""));

    private StarterTemplates() {}

    public static List<Starter> all() {
        return ALL;
    }

    /**
     * @throws IllegalArgumentException if there is none of that key
     */
    public static Starter require(String key) {
        return ALL.stream()
                .filter(starter -> starter.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No starter " + key));
    }

    private static Starter starter(String key, String subject, String preheader) {
        String mjml = read("frame").replace("SECTIONS\n", read(key));
        return new Starter(key, new TemplateSnapshot(subject, preheader, mjml, null));
    }

    private static String read(String name) {
        String path = "/content/starters/" + name + ".mjml";
        try (InputStream in = StarterTemplates.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("Missing resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
