package io.perennial.delivery;

/**
 * The addresses of {@code <a>} and {@code <area>} in HTML, quoted either way. Knows no more of HTML than this, so odd
 * markup cannot lead it astray for longer than a tag.
 */
final class HtmlLinks implements LinkScanner {

    static final HtmlLinks INSTANCE = new HtmlLinks();

    /** After {@code <}; then the letters of "area" one by one: after {@code a} the tag's name may end. */
    private static final int OPEN = 1;

    private static final int A = 2;
    private static final int AR = 3;
    private static final int ARE = 4;
    private static final int AREA = 5;
    /** In the tag, where a name may begin; within another word; then the letters of "href" and its equals sign. */
    private static final int GAP = 6;

    private static final int WORD = 7;
    private static final int H = 8;
    private static final int HR = 9;
    private static final int HRE = 10;
    private static final int HREF = 11;
    private static final int EQUALS = 12;
    private static final int IN_DOUBLE = 13;
    private static final int IN_SINGLE = 14;

    private static final String BODY_END = "</body>";

    private HtmlLinks() {}

    @Override
    public int states() {
        return 15;
    }

    @Override
    public int scan(String text, int entry, Found found) {
        int state = entry;
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            if (state == START) {
                at = text.indexOf('<', at);
                if (at < 0) {
                    break;
                }
                if (text.regionMatches(true, at, BODY_END, 0, BODY_END.length())) {
                    plain(text, from, at, found);
                    found.bodyEnds();
                    from = at;
                }
                state = OPEN;
                at++;
            } else if (state == IN_DOUBLE || state == IN_SINGLE) {
                int end = text.indexOf(state == IN_DOUBLE ? '"' : '\'', at);
                found.linkPart(text, at, end < 0 ? text.length() : end);
                if (end < 0) {
                    return state;
                }
                found.linkEnds();
                state = START;
                at = end + 1;
                from = at;
            } else {
                char c = text.charAt(at);
                state = next(state, c);
                if (state == IN_DOUBLE || state == IN_SINGLE) {
                    plain(text, from, at, found);
                    found.linkBegins(c);
                    from = at + 1;
                }
                at += state == START && c == '<' ? 0 : 1;
            }
        }
        plain(text, from, text.length(), found);
        return state;
    }

    private static void plain(String text, int from, int to, Found found) {
        if (to > from) {
            found.plain(text, from, to);
        }
    }

    /** One character on, outside of an address; a {@code <} that begins no link's tag leads back to the start. */
    private static int next(int state, char c) {
        char lower = (char) (c | 0x20);
        boolean gap = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
        return switch (state) {
            case OPEN -> lower == 'a' && Character.isLetter(c) ? A : START;
            case A -> gap ? GAP : lower == 'r' ? AR : START;
            case AR -> lower == 'e' ? ARE : START;
            case ARE -> lower == 'a' ? AREA : START;
            case AREA -> gap ? GAP : START;
            case HREF -> c == '=' ? EQUALS : gap ? HREF : inTag(c, gap);
            case EQUALS -> c == '"' ? IN_DOUBLE : c == '\'' ? IN_SINGLE : gap ? EQUALS : inTag(c, gap);
            case H -> lower == 'r' ? HR : inTag(c, gap);
            case HR -> lower == 'e' ? HRE : inTag(c, gap);
            case HRE -> lower == 'f' ? HREF : inTag(c, gap);
            case GAP -> lower == 'h' ? H : inTag(c, gap);
            default -> inTag(c, gap);
        };
    }

    private static int inTag(char c, boolean gap) {
        return c == '>' ? START : gap ? GAP : WORD;
    }
}
