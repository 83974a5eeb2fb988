package io.perennial.delivery;

/** The web addresses in plain text. */
final class TextLinks implements LinkScanner {

    static final TextLinks INSTANCE = new TextLinks();

    private static final int IN_LINK = 1;

    private TextLinks() {}

    @Override
    public int states() {
        return 2;
    }

    @Override
    public int scan(String text, int entry, Found found) {
        int state = entry;
        int at = 0;
        while (at < text.length()) {
            if (state == IN_LINK) {
                int end = at;
                while (end < text.length() && !ends(text.charAt(end))) {
                    end++;
                }
                found.linkPart(text, at, end);
                if (end == text.length()) {
                    return state;
                }
                found.linkEnds();
                state = START;
                at = end;
            } else {
                int link = begin(text, at);
                int end = link < 0 ? text.length() : link;
                if (end > at) {
                    found.plain(text, at, end);
                }
                if (link < 0) {
                    return START;
                }
                found.linkBegins((char) 0);
                state = IN_LINK;
                at = link;
            }
        }
        return state;
    }

    private static int begin(String text, int from) {
        for (int at = text.indexOf("http", from); at >= 0; at = text.indexOf("http", at + 4)) {
            if (text.startsWith("://", at + 4) || text.startsWith("s://", at + 4)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean ends(char c) {
        return c <= ' ' || "<>\"'()[]".indexOf(c) >= 0;
    }
}
