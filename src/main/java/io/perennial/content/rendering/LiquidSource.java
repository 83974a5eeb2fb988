package io.perennial.content.rendering;

import io.perennial.content.TemplateProblem.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source text with its Liquid found. Liquid is taken out before anything else reads the text: MJML and HTML parsers
 * would trip over its quotes and angle brackets, and what they never see they cannot change.
 */
final class LiquidSource {

    enum Kind {
        /** {@code {{ ... }}}. */
        OUTPUT,
        /** {@code {% ... %}}. */
        TAG,
        /** A whole {@code {% comment %} ... {% endcomment %}}: dropped. */
        COMMENT
    }

    /**
     * @param name of a tag, empty for an output
     * @param line counted from 1
     */
    record Piece(Kind kind, String source, String name, int start, int end, int line) {

        boolean opensBlock() {
            return kind == Kind.TAG && BLOCKS.containsKey(name);
        }

        boolean closesBlock() {
            return kind == Kind.TAG && BLOCKS.containsValue(name);
        }

        boolean dividesBlock() {
            return kind == Kind.TAG && DIVIDERS.contains(name);
        }
    }

    /** Stands for a character of Liquid in {@link #masked()}; no parser gives it a meaning. */
    static final char MASK = '\uE002';

    private static final Map<String, String> BLOCKS =
            Map.of("if", "endif", "unless", "endunless", "case", "endcase", "for", "endfor", "capture", "endcapture");
    private static final Set<String> DIVIDERS = Set.of("else", "elsif", "when");
    private static final Pattern NAME = Pattern.compile("\\{%-?\\s*([a-z_]*)");
    private static final Pattern END_OF_COMMENT = Pattern.compile("\\{%-?\\s*endcomment\\s*-?%}");

    private final String text;
    private final List<Piece> pieces;

    private LiquidSource(String text, List<Piece> pieces) {
        this.text = text;
        this.pieces = List.copyOf(pieces);
    }

    /** Finds the Liquid of {@code text}, reporting what is never closed. */
    static LiquidSource scan(String text, Part part, Problems problems) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (true) {
            int start = nextOpening(text, at);
            if (start < 0) {
                break;
            }
            boolean output = text.charAt(start + 1) == '{';
            int end = closing(text, start + 2, output ? "}}" : "%}");
            if (end < 0) {
                problems.blocking(part, lineAt(text, start), output ? "output_not_closed" : "tag_not_closed");
                break;
            }
            Piece piece = piece(text, output, start, end);
            pieces.add(piece);
            at = piece.end();
        }
        LiquidSource source = new LiquidSource(text, pieces);
        source.reportUnbalancedBlocks(part, problems);
        return source;
    }

    private static Piece piece(String text, boolean output, int start, int end) {
        int line = lineAt(text, start);
        if (output) {
            return new Piece(Kind.OUTPUT, text.substring(start, end), "", start, end, line);
        }
        Matcher name = NAME.matcher(text).region(start, end);
        String tag = name.lookingAt() ? name.group(1) : "";
        if (tag.equals("comment")) {
            Matcher close = END_OF_COMMENT.matcher(text);
            if (close.find(end)) {
                return new Piece(Kind.COMMENT, "", tag, start, close.end(), line);
            }
        }
        return new Piece(Kind.TAG, text.substring(start, end), tag, start, end, line);
    }

    private static int nextOpening(String text, int from) {
        for (int i = text.indexOf('{', from); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '{' || next == '%') {
                return i;
            }
        }
        return -1;
    }

    /** Where the tag ends: quoted text does not end it, unless the quote is never closed; a new tag shows it has none. */
    private static int closing(String text, int from, String end) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (text.startsWith(end, i)) {
                return i + 2;
            } else if (c == '{' && nextOpening(text, i) == i) {
                return -1;
            }
        }
        int plain = text.indexOf(end, from);
        int next = nextOpening(text, from);
        return plain < 0 || (next >= 0 && next < plain) ? -1 : plain + 2;
    }

    private void reportUnbalancedBlocks(Part part, Problems problems) {
        Deque<Piece> open = new ArrayDeque<>();
        for (Piece piece : pieces) {
            if (piece.opensBlock()) {
                open.push(piece);
            } else if (piece.closesBlock()) {
                Piece opener = open.poll();
                if (opener == null) {
                    problems.blocking(part, piece.line(), "end_without_begin", piece.name());
                } else if (!piece.name().equals(BLOCKS.get(opener.name()))) {
                    problems.blocking(part, piece.line(), "wrong_end", opener.name(), opener.line(), piece.name());
                    return;
                }
            } else if (piece.dividesBlock() && open.isEmpty()) {
                problems.blocking(part, piece.line(), "end_without_begin", piece.name());
            }
        }
        open.forEach(piece -> problems.blocking(part, piece.line(), "block_not_closed", piece.name()));
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The text with each character of Liquid replaced by {@link #MASK}; lines and offsets stay. */
    String masked() {
        StringBuilder masked = new StringBuilder(text);
        for (Piece piece : pieces) {
            for (int i = piece.start(); i < piece.end(); i++) {
                if (masked.charAt(i) != '\n') {
                    masked.setCharAt(i, MASK);
                }
            }
        }
        return masked.toString();
    }

    /** The text with each piece replaced by what {@code replacement} makes of its number. */
    String replaced(java.util.function.IntFunction<String> replacement) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            out.append(text, at, piece.start());
            if (piece.kind() != Kind.COMMENT) {
                out.append(replacement.apply(i));
            }
            at = piece.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    static int lineAt(String text, int offset) {
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
            line++;
        }
        return line;
    }
}
