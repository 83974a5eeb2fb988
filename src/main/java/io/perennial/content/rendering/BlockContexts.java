package io.perennial.content.rendering;

import io.perennial.content.TemplateProblem.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;

/**
 * Sees to it that a condition or loop begins and ends in the same attribute, the same CSS or in plain markup. One that
 * begins inside an attribute and ends outside would, when left out, turn text into markup behind the sanitiser's back.
 */
final class BlockContexts {

    private record Open(Object context, int line) {}

    private static final Object MARKUP = new Object();

    private final List<LiquidSource.Piece> pieces;
    private final Problems problems;
    private final Deque<Open> open = new ArrayDeque<>();

    private BlockContexts(List<LiquidSource.Piece> pieces, Problems problems) {
        this.pieces = pieces;
        this.problems = problems;
    }

    /**
     * @param pieces the Liquid of the body; their numbers are the placeholders'
     */
    static void check(Document document, List<LiquidSource.Piece> pieces, Problems problems) {
        BlockContexts contexts = new BlockContexts(pieces, problems);
        NodeTraversor.traverse((node, depth) -> contexts.visit(node), document);
    }

    private void visit(Node node) {
        switch (node) {
            case Element element -> {
                for (Attribute attribute : element.attributes()) {
                    text(attribute.getValue(), new Object());
                }
            }
            case TextNode text -> text(text.getWholeText(), isPlainMarkup(text) ? MARKUP : new Object());
            case Comment comment ->
                text(comment.getData(), Placeholders.isOne(comment.getData()) ? MARKUP : new Object());
            case DataNode data -> text(data.getWholeData(), new Object());
            default -> {}
        }
    }

    private static boolean isPlainMarkup(TextNode text) {
        Node parent = text.parent();
        return parent == null || !parent.normalName().equals("title");
    }

    private void text(String text, Object context) {
        Matcher placeholder = Placeholders.PATTERN.matcher(text);
        while (placeholder.find()) {
            int number = Integer.parseInt(placeholder.group(1));
            if (number >= pieces.size()) {
                continue; // made by the sanitiser, whole in itself
            }
            LiquidSource.Piece piece = pieces.get(number);
            if (piece.opensBlock()) {
                open.push(new Open(context, piece.line()));
            } else if (piece.dividesBlock() || piece.closesBlock()) {
                Open opener = piece.closesBlock() ? open.poll() : open.peek();
                if (opener == null || !opener.context().equals(context)) {
                    problems.blocking(Part.BODY, piece.line(), "block_crosses_markup", piece.name());
                }
            }
        }
    }
}
