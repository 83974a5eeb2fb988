package io.perennial.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lists below {@code sample/} on the class path. */
final class SampleFiles {

    private SampleFiles() {}

    /** The lines of a file that are not empty. */
    static List<String> lines(String name) {
        try (InputStream file = SampleFiles.class.getResourceAsStream("/sample/" + name)) {
            if (file == null) {
                throw new IllegalArgumentException("No sample file " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
