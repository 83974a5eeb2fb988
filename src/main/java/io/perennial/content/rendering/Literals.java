package io.perennial.content.rendering;

import io.perennial.content.TemplateProblem.Part;
import io.perennial.kernel.PiecedText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps literal text out of the Liquid parser, which makes a token of each character of it: each run between tags is
 * replaced by a short mark with as many line breaks, so lines stay, and is put back when the nodes are built. The
 * white space at its ends stays outside the mark, where {@code {%- -%}} can reach it.
 */
final class Literals {

    private static final char OPEN = '\uE003';
    private static final char CLOSE = '\uE004';
    private static final Pattern MARK = Pattern.compile(OPEN + "(\\d+)\n*" + CLOSE);
    private static final int SHORT = 12;

    private final List<String> runs = new ArrayList<>();
    private final String skeleton;

    private Literals(String source) {
        Problems unread = new Problems();
        LiquidSource liquid = LiquidSource.scan(source, Part.BODY, unread);
        if (unread.areBlocking() || source.indexOf(OPEN) >= 0 || source.indexOf(CLOSE) >= 0) {
            skeleton = source; // the parser says what is wrong
            return;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (LiquidSource.Piece piece : liquid.pieces()) {
            run(source.substring(at, piece.start()), out);
            out.append(source, piece.start(), piece.end());
            at = piece.end();
        }
        run(source.substring(at), out);
        skeleton = out.toString();
    }

    static Literals of(String source) {
        return new Literals(source);
    }

    private void run(String text, StringBuilder out) {
        String core = text.strip();
        if (core.length() < SHORT) {
            out.append(text);
            return;
        }
        int start = text.indexOf(core);
        out.append(text, 0, start).append(OPEN).append(runs.size());
        core.chars().filter(c -> c == '\n').forEach(c -> out.append('\n'));
        out.append(CLOSE).append(text, start + core.length(), text.length());
        runs.add(core);
    }

    /** What the parser reads. */
    String skeleton() {
        return skeleton;
    }

    /** The runs set aside, by the number of their mark. */
    List<String> runs() {
        return runs;
    }

    /** A literal of the skeleton with its marks in the short form that {@link #expand} knows. */
    static String marked(String literal) {
        return literal.indexOf(OPEN) < 0 ? literal : MARK.matcher(literal).replaceAll(OPEN + "$1" + CLOSE);
    }

    /** A value that is put out, without what could be taken for a mark. */
    static String unmarked(String value) {
        return value.indexOf(OPEN) < 0 && value.indexOf(CLOSE) < 0
                ? value
                : value.replaceAll("[" + OPEN + CLOSE + "]", "");
    }

    /**
     * Rendered text with a constant for each mark.
     *
     * @param constants by the number of the mark
     * @throws BoundedOutput.RenderLimitReached if it is longer than a mail may be
     */
    static PiecedText expand(String rendered, List<PiecedText.Constant> constants) {
        PiecedText.Builder pieces = new PiecedText.Builder();
        int at = 0;
        for (int mark = rendered.indexOf(OPEN); mark >= 0; mark = rendered.indexOf(OPEN, at)) {
            int end = rendered.indexOf(CLOSE, mark);
            pieces.add(rendered.substring(at, mark));
            pieces.add(constants.get(Integer.parseInt(rendered, mark + 1, end, 10)));
            if (pieces.length() > BoundedOutput.MAX_LENGTH) {
                throw new BoundedOutput.RenderLimitReached("size");
            }
            at = end + 1;
        }
        return pieces.add(rendered.substring(at)).build();
    }

    /** A literal of the skeleton as it was. */
    String restore(String literal) {
        Matcher marks = MARK.matcher(literal);
        StringBuilder out = new StringBuilder();
        while (marks.find()) {
            marks.appendReplacement(out, Matcher.quoteReplacement(runs.get(Integer.parseInt(marks.group(1)))));
        }
        return marks.appendTail(out).toString();
    }
}
