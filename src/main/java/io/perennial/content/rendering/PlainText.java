package io.perennial.content.rendering;

import java.util.Set;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * The text part of a mail, from its HTML with the Liquid still in it: paragraphs apart, lists with dashes, links with
 * their address behind them. Derived once per template and then rendered for each person like any other text.
 */
final class PlainText {

    private static final Set<String> SKIPPED = Set.of("head", "style", "title", "script");
    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "table",
            "tr",
            "ul",
            "ol",
            "blockquote",
            "section",
            "header",
            "footer",
            "article",
            "main",
            "center",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "address",
            "dl",
            "figure");

    private final Placeholders placeholders;
    private final StringBuilder out = new StringBuilder();

    private PlainText(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    static String of(Document document, Placeholders placeholders) {
        PlainText text = new PlainText(placeholders);
        text.children(document.body());
        return tidy(text.out.toString());
    }

    private void children(Node parent) {
        for (Node child : parent.childNodes()) {
            visit(child);
        }
    }

    private void visit(Node node) {
        if (node instanceof TextNode text) {
            words(text.getWholeText());
        } else if (node instanceof Comment comment && Placeholders.isOne(comment.getData())) {
            out.append(comment.getData());
        } else if (node instanceof Element element && !isHidden(element)) {
            element(element);
        }
    }

    private static boolean isHidden(Element element) {
        String style = element.attr("style").replace(" ", "");
        return SKIPPED.contains(element.normalName()) || style.contains("display:none");
    }

    private void element(Element element) {
        switch (element.normalName()) {
            case "br" -> out.append('\n');
            case "hr" -> out.append("\n\n---\n\n");
            case "img" -> {
                if (!element.attr("alt").isBlank() && !element.attr("alt").equals("null")) {
                    words(element.attr("alt"));
                }
            }
            case "a" -> link(element);
            case "li" -> {
                out.append("\n- ");
                children(element);
            }
            case "td", "th" -> {
                children(element);
                out.append(' ');
            }
            case "h1", "h2", "h3" -> {
                out.append("\n\n");
                children(element);
                out.append("\n\n");
            }
            default -> {
                boolean block = BLOCKS.contains(element.normalName());
                String gap = element.normalName().equals("p") ? "\n\n" : "\n";
                out.append(block ? gap : "");
                children(element);
                out.append(block ? gap : "");
            }
        }
    }

    private void link(Element link) {
        int before = out.length();
        children(link);
        String shown = out.substring(before).strip();
        String target = link.attr("href").strip();
        if (target.isEmpty() || target.startsWith("#")) {
            return;
        }
        String plain = target.startsWith("mailto:") || target.startsWith("tel:")
                ? target.substring(target.indexOf(':') + 1)
                : target;
        if (shown.isEmpty()) {
            out.append(plain).append(' ');
        } else if (!placeholders.restore(shown).equals(placeholders.restore(plain)) && !plain.endsWith(shown)) {
            out.append(": ").append(plain).append(' ');
        }
    }

    /** White space as a browser shows it. */
    private void words(String text) {
        String plain = text.replace('\u00A0', ' ')
                .replaceAll("[\u200B-\u200D\uFEFF\u034F]", "")
                .replaceAll("\\s+", " ");
        boolean atStart = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
        out.append(atStart ? plain.stripLeading() : plain);
    }

    /** No spaces at line ends, no more than one empty line in a row; also after rendering, when conditions left gaps. */
    static String tidy(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (!isGap(c)) {
                out.append(c);
                at++;
                continue;
            }
            int lines = 0;
            int blanks = 0;
            char blank = ' ';
            for (; at < text.length() && isGap(text.charAt(at)); at++) {
                char gap = text.charAt(at);
                if (gap == '\n') {
                    lines++;
                } else if (gap != '\r') {
                    blanks++;
                    blank = gap;
                }
            }
            if (lines > 0) {
                out.append('\n').append(lines > 1 ? "\n" : "");
            } else if (blanks > 0) {
                out.append(blanks > 1 ? ' ' : blank);
            }
        }
        return out.toString().strip();
    }

    private static boolean isGap(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
