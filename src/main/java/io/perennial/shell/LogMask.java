package io.perennial.shell;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Keeps e-mail addresses out of structured logs, wherever they come from: answers of mail servers, errors of the
 * database and the like are not ours to word. The plain format does the same by its pattern (application.yaml).
 */
class LogMask implements StructuredLoggingJsonMembersCustomizer<Object> {

    private static final Pattern ADDRESS = Pattern.compile(
            "[A-Za-z0-9._%+='\u0080-\uFFFF-]++@[A-Za-z0-9\u0080-\uFFFF-]++(?:\\.[A-Za-z0-9\u0080-\uFFFF-]++)+");

    static final String INSTEAD = "(address)";

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(ValueProcessor.of(String.class, LogMask::masked));
    }

    static @Nullable String masked(@Nullable String text) {
        return text == null || text.indexOf('@') < 0
                ? text
                : ADDRESS.matcher(text).replaceAll(INSTEAD);
    }
}
