package io.perennial.content.ui;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where a ready-made block can go: a section between sections, content into the column the cursor is in, never
 * into the middle of another block.
 *
 * @param offset where to insert
 * @param text what to insert there
 */
record BlockPlacement(int offset, String text) {

    private static final Pattern CONTENT = Pattern.compile(
            "<(mj-text|mj-button|mj-table|mj-raw|mj-social|mj-navbar)\\b[^>]*>.*?</\\1>|<mj-(?:image|divider|spacer)\\b[^>]*>",
            Pattern.DOTALL);
    private static final Pattern SECTION = Pattern.compile("<mj-(section|hero)\\b.*?</mj-\\1>", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("<mj-column\\b[^>]*>.*?</mj-column>", Pattern.DOTALL);
    private static final Pattern BODY = Pattern.compile("<mj-body\\b[^>]*>");

    /** For a variable: at the cursor, as it is. */
    static BlockPlacement ofText(String source, int cursor, String text) {
        return new BlockPlacement(clamp(source, cursor), text);
    }

    /** For content such as a text or a button. */
    static BlockPlacement ofContent(String source, int cursor, String block) {
        int at = past(CONTENT, source, clamp(source, cursor));
        if (isInside(COLUMN, source, at)) {
            return lines(source, at, block, "        ");
        }
        return ofSection(
                source, at, "<mj-section>\n  <mj-column>\n" + block.indent(4) + "  </mj-column>\n</mj-section>");
    }

    /** For a whole section. */
    static BlockPlacement ofSection(String source, int cursor, String block) {
        int at = past(SECTION, source, clamp(source, cursor));
        Matcher body = BODY.matcher(source);
        if (body.find()) {
            int end = source.indexOf("</mj-body>");
            at = Math.max(at, body.end());
            at = end < 0 ? at : Math.min(at, end);
        }
        return lines(source, at, block, "    ");
    }

    private static int clamp(String source, int cursor) {
        return Math.clamp(cursor, 0, source.length());
    }

    private static int past(Pattern element, String source, int at) {
        Matcher matcher = element.matcher(source);
        while (matcher.find() && matcher.start() < at) {
            if (at < matcher.end()) {
                return matcher.end();
            }
        }
        return at;
    }

    private static boolean isInside(Pattern element, String source, int at) {
        Matcher matcher = element.matcher(source);
        while (matcher.find() && matcher.start() < at) {
            int inner = source.indexOf('>', matcher.start()) + 1;
            if (at >= inner && at <= matcher.end() - "</mj-column>".length()) {
                return true;
            }
        }
        return false;
    }

    /** On lines of its own. */
    private static BlockPlacement lines(String source, int at, String block, String indent) {
        int lineStart = source.lastIndexOf('\n', at - 1) + 1;
        boolean onFreshLine = source.substring(lineStart, at).isBlank();
        int offset = onFreshLine ? lineStart : at;
        String text = block.indent(indent.length());
        return new BlockPlacement(offset, onFreshLine ? text : "\n" + text.stripTrailing());
    }
}
