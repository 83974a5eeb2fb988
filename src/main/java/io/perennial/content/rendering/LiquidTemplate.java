package io.perennial.content.rendering;

import io.perennial.kernel.PiecedText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import liqp.TemplateContext;
import liqp.nodes.LNode;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/**
 * Liquid parsed once and rendered by any number of threads. A node of liqp's ({@code a[b]}) keeps what it looked up
 * last in a field, so each rendering borrows a tree that no other thread uses meanwhile.
 */
final class LiquidTemplate {

    /** Trees kept for later; more are made when more threads render at once. */
    private static final int KEPT = 16;

    private final LiquidEngine engine;
    private final ParseTree parsed;
    private final Literals literals;
    private final boolean escaping;
    private final List<NodeBuilder.Use> uses;
    private final List<PiecedText.Constant> constants;
    private final List<PiecedText.Constant> tidied;
    private final ConcurrentLinkedQueue<LNode> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger idleCount = new AtomicInteger();

    LiquidTemplate(LiquidEngine engine, ParseTree parsed, Literals literals, boolean escaping) {
        this.engine = engine;
        this.parsed = parsed;
        this.literals = literals;
        this.escaping = escaping;
        this.constants = literals.runs().stream().map(PiecedText.Constant::new).toList();
        // White space at the ends of a run stays outside of it, so tidying inside and outside is tidying the whole.
        this.tidied = literals.runs().stream()
                .map(PlainText::tidy)
                .map(PiecedText.Constant::new)
                .toList();
        NodeBuilder builder = new NodeBuilder(engine, literals, escaping);
        giveBack(builder.visit(parsed));
        this.uses = builder.uses();
    }

    /** Which variables it reads, in the order of the text. */
    List<NodeBuilder.Use> uses() {
        return uses;
    }

    /** Whether each rendering puts this variable out, whatever the data. */
    boolean alwaysShows(String name) {
        return uses.stream().anyMatch(use -> use.shown() && use.name().equals(name))
                && Certainty.alwaysShows(parsed, name);
    }

    /**
     * Renders for one person.
     *
     * @throws RuntimeException of liqp or {@link BoundedOutput.RenderLimitReached}
     */
    String render(Map<String, Object> model) {
        return pieces(model).toString();
    }

    /** As {@link #render(Map)}, with the literal runs as constants. */
    PiecedText pieces(Map<String, Object> model) {
        return Literals.expand(marked(model), constants);
    }

    /** As {@link #pieces(Map)}, in the form of {@link PlainText#tidy(String)}. */
    PiecedText tidyPieces(Map<String, Object> model) {
        return Literals.expand(PlainText.tidy(marked(model)), tidied);
    }

    /** Rendered with the marks of literal runs still in it: these runs never pass through liqp. */
    private String marked(Map<String, Object> model) {
        TemplateContext context = new TemplateContext(engine.parser(), model);
        BoundedOutput.begin(context);
        LNode tree = borrow();
        try {
            return String.valueOf(tree.render(context));
        } finally {
            giveBack(tree);
        }
    }

    private LNode borrow() {
        @Nullable LNode tree = idle.poll();
        if (tree != null) {
            idleCount.decrementAndGet();
            return tree;
        }
        return new NodeBuilder(engine, literals, escaping).visit(parsed);
    }

    private void giveBack(LNode tree) {
        if (idleCount.get() < KEPT) {
            idleCount.incrementAndGet();
            idle.add(tree);
        }
    }
}
