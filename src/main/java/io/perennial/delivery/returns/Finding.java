package io.perennial.delivery.returns;

import org.jspecify.annotations.Nullable;

/**
 * What a mail that came in says.
 *
 * @param status the enhanced code (RFC 3463), empty where there is none
 * @param diagnostic in the words of who wrote it, on one line
 * @param reporter the server that says so
 */
record Finding(
        ReturnKind kind,
        String status,
        String diagnostic,
        @Nullable String reporter) {

    private static final int LONGEST = 900;

    Finding {
        diagnostic = oneLine(diagnostic, LONGEST);
        reporter = reporter == null || reporter.isBlank() ? null : oneLine(reporter, 250);
        status = status.length() > 16 ? "" : status;
    }

    /** Without line breaks, control characters and what turns the direction of writing round. */
    static String oneLine(String text, int longest) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), longest));
        boolean gap = false;
        for (int i = 0; i < text.length() && out.length() < longest; i++) {
            char c = text.charAt(i);
            boolean strange = Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.isSurrogate(c)
                    || Character.isWhitespace(c);
            if (!strange) {
                out.append(c);
            } else if (!gap && !out.isEmpty()) {
                out.append(' ');
            }
            gap = strange;
        }
        return out.toString().strip();
    }
}
