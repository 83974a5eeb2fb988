package io.perennial.delivery.returns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** Mails as servers return them, from {@code src/test/resources/returns}. */
final class ReturnSamples {

    private ReturnSamples() {}

    /** A sample about nothing: its tokens are as written. */
    static byte[] plain(String name) {
        return filled(name, Map.of());
    }

    static byte[] filled(String name, Map<String, String> values) {
        try (InputStream in = ReturnSamples.class.getResourceAsStream("/returns/" + name + ".eml")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("{" + value.getKey() + "}", value.getValue());
            }
            return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
