package io.perennial.content.rendering;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;
import org.jspecify.annotations.Nullable;

/**
 * Tells what every rendering of a template puts out, whatever the data: nothing inside a loop, and inside a condition only what each of its ways puts out.
 */
final class Certainty {

    /** Those that leave an address what it is. */
    private static final Set<String> HARMLESS =
            Set.of("safe_url", "escape", "escape_once", "h", "strip", "default", "strip_newlines");

    /** Each of these stands for what is asked about. */
    private final Set<String> names = new HashSet<>();

    /** After this, nothing is certain: the rest of the text is left out. */
    private boolean ended;

    private Certainty(String name) {
        names.add(name);
    }

    /** Whether {@code name}, as in {@code links.unsubscribe}, is put out in any case. */
    static boolean alwaysShows(ParseTree template, String name) {
        return new Certainty(name).shows(template);
    }

    private boolean shows(ParseTree node) {
        if (ended) {
            return false;
        }
        return switch (node) {
            case LiquidParser.OutputContext output -> is(output);
            case LiquidParser.If_tagContext choice ->
                all(
                        choice.else_tag(),
                        Stream.concat(
                                Stream.of(choice.block()),
                                choice.elsif_tag().stream().map(LiquidParser.Elsif_tagContext::block)));
            case LiquidParser.Unless_tagContext choice -> all(choice.else_tag(), Stream.of(choice.block()));
            case LiquidParser.Case_tagContext choice ->
                all(choice.else_tag(), choice.when_tag().stream().map(LiquidParser.When_tagContext::block));
            // A break inside a loop ends the loop alone.
            case LiquidParser.For_tagContext loop -> false;
            case LiquidParser.Capture_tag_IdContext capture -> keep(capture);
            case LiquidParser.Capture_tagContext capture -> false;
            case LiquidParser.AssignmentContext assignment -> forget(assignment);
            case LiquidParser.Simple_tagContext breaking -> {
                ended = true; // break and continue end what is around them
                yield false;
            }
            default -> any(node);
        };
    }

    private boolean any(ParseTree node) {
        boolean shown = false;
        for (int i = 0; i < node.getChildCount() && !shown; i++) {
            shown = shows(node.getChild(i));
        }
        return shown;
    }

    private boolean all(LiquidParser.@Nullable Else_tagContext otherwise, Stream<LiquidParser.BlockContext> ways) {
        boolean every = otherwise != null && shows(otherwise.block());
        // Each way is looked at, since one of them may end the text.
        for (LiquidParser.BlockContext way : ways.toList()) {
            every &= shows(way);
        }
        return every;
    }

    /** What is captured is shown where the capture is: the sanitiser makes each address with Liquid one. */
    private boolean keep(LiquidParser.Capture_tag_IdContext capture) {
        String id = capture.id().getText();
        if (shows(capture.block())) {
            names.add(id);
        } else {
            names.remove(id);
        }
        return false;
    }

    private boolean forget(LiquidParser.AssignmentContext assignment) {
        names.remove(assignment.id().getText());
        return false;
    }

    private boolean is(LiquidParser.OutputContext output) {
        ParseTree value = output.expr() == null ? output.term() : output.expr();
        return value != null
                && names.contains(value.getText())
                && output.filter().stream()
                        .allMatch(filter -> HARMLESS.contains(filter.Id().getText()));
    }
}
