package io.perennial.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a deed changed, field by field; equal values leave no trace. Secrets and what tells who a customer is stay out. */
public final class AuditChanges {

    /** Values longer than this are cut: the log says what changed, it is no archive. */
    private static final int LONGEST = 500;

    /**
     * One field that changed.
     *
     * @param field the key of its words
     * @param before and {@code after}: as text; null where there was or is nothing
     */
    public record Change(
            String field, @Nullable String before, @Nullable String after) {}

    private final List<Change> changes = new ArrayList<>();

    private AuditChanges() {}

    public static AuditChanges none() {
        return new AuditChanges();
    }

    /** Notes a field, if it differs. */
    public AuditChanges and(String field, @Nullable Object before, @Nullable Object after) {
        String was = text(before);
        String is = text(after);
        if (!Objects.equals(was, is)) {
            changes.add(new Change(field, was, is));
        }
        return this;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    List<Change> list() {
        return List.copyOf(changes);
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        if (text.isEmpty()) {
            return null;
        }
        return text.length() <= LONGEST
                ? text
                : text.substring(
                                0,
                                text.offsetByCodePoints(
                                        0, Math.min(text.codePointCount(0, text.length()), LONGEST - 1)))
                        + "…";
    }
}
