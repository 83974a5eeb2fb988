package io.perennial.content.rendering;

import static io.perennial.uikit.Texts.t;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liqp.nodes.AtomNode;
import liqp.nodes.FilterNode;
import liqp.nodes.LNode;
import liqp.nodes.LookupNode;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liqp.parser.v4.NodeVisitor;
import liquid.parser.v4.LiquidParser;

/**
 * Builds liqp's nodes from its parse tree, but only for the tags and filters that templates may use, and with every
 * output escaped where it goes into HTML. Inside {@code {% capture %}} nothing is escaped, since what was captured is
 * escaped where it is put out: escaping last is the only order that no filter can undo.
 */
final class NodeBuilder extends NodeVisitor {

    /**
     * A variable read by the template.
     *
     * @param name as written: {@code customer.first_name}
     * @param guarded whether a default filter or a condition on it cares for its absence
     * @param shown whether it is put out, not only tested
     */
    record Use(String name, int line, boolean guarded, boolean shown) {}

    private final LiquidEngine engine;
    private final Literals literals;
    private final boolean escaping;
    private final List<Use> uses = new ArrayList<>();
    private final Set<String> own = new HashSet<>(Set.of("forloop", "empty", "blank"));
    private final Deque<String> conditions = new ArrayDeque<>();
    private int captures;
    private boolean defaulted;
    private boolean output;

    NodeBuilder(LiquidEngine engine, Literals literals, boolean escaping) {
        super(engine.parser().insertions, engine.filters(), true);
        this.engine = engine;
        this.literals = literals;
        this.escaping = escaping;
    }

    /** Variables read, without those the template made itself. */
    List<Use> uses() {
        return uses.stream().filter(use -> !own.contains(root(use.name()))).toList();
    }

    private static String root(String name) {
        int end = 0;
        while (end < name.length() && (Character.isLetterOrDigit(name.charAt(end)) || name.charAt(end) == '_')) {
            end++;
        }
        return name.substring(0, end);
    }

    @Override
    public LNode visitAtom_others(LiquidParser.Atom_othersContext ctx) {
        // What is captured goes through filters, which must see the text itself.
        return new AtomNode(captures > 0 ? literals.restore(ctx.getText()) : Literals.marked(ctx.getText()));
    }

    @Override
    public LNode visitOutput(LiquidParser.OutputContext ctx) {
        boolean wasDefaulted = defaulted;
        boolean wasOutput = output;
        output = true;
        defaulted =
                ctx.filter().stream().anyMatch(filter -> filter.Id().getText().equals("default"));
        LNode node = super.visitOutput(ctx);
        defaulted = wasDefaulted;
        output = wasOutput;
        return new EscapedNode(node, escaping && captures == 0, engine.locale());
    }

    @Override
    public FilterNode visitFilter(LiquidParser.FilterContext ctx) {
        String name = ctx.Id().getText();
        if (engine.filters().get(name) == null) {
            throw new TemplateFault(
                    Suggestions.nearest(name, engine.filters().getMap().keySet())
                            .map(near -> t("content.problem.unknown_filter_near", name, near))
                            .orElseGet(() -> t("content.problem.unknown_filter", name)),
                    ctx.start.getLine());
        }
        return super.visitFilter(ctx);
    }

    @Override
    public LookupNode visitLookup_id_indexes(LiquidParser.Lookup_id_indexesContext ctx) {
        String name = ctx.getText();
        boolean guarded = defaulted || conditions.stream().anyMatch(condition -> condition.contains(name));
        uses.add(new Use(name, ctx.start.getLine(), guarded, output));
        return super.visitLookup_id_indexes(ctx);
    }

    @Override
    public LNode visitIf_tag(LiquidParser.If_tagContext ctx) {
        conditions.push(ctx.expr().getText());
        LNode node = super.visitIf_tag(ctx);
        conditions.pop();
        return node;
    }

    @Override
    public LNode visitUnless_tag(LiquidParser.Unless_tagContext ctx) {
        conditions.push(ctx.expr().getText());
        LNode node = super.visitUnless_tag(ctx);
        conditions.pop();
        return node;
    }

    @Override
    public LNode visitAssignment(LiquidParser.AssignmentContext ctx) {
        own.add(ctx.id().getText());
        return super.visitAssignment(ctx);
    }

    @Override
    public LNode visitFor_array(LiquidParser.For_arrayContext ctx) {
        own.add(ctx.id().getText());
        return super.visitFor_array(ctx);
    }

    @Override
    public LNode visitFor_range(LiquidParser.For_rangeContext ctx) {
        own.add(ctx.id().getText());
        return super.visitFor_range(ctx);
    }

    @Override
    public LNode visitCapture_tag_Id(LiquidParser.Capture_tag_IdContext ctx) {
        own.add(ctx.id().getText());
        captures++;
        LNode node = super.visitCapture_tag_Id(ctx);
        captures--;
        return node;
    }

    @Override
    public LNode visitCapture_tag_Str(LiquidParser.Capture_tag_StrContext ctx) {
        throw refused("capture", ctx);
    }

    @Override
    public LNode visitOther_tag(LiquidParser.Other_tagContext ctx) {
        throw refused(ctx.BlockId() == null ? "" : ctx.BlockId().getText(), ctx);
    }

    @Override
    public LNode visitSimple_tag(LiquidParser.Simple_tagContext ctx) {
        String name = ctx.SimpleTagId().getText();
        if (name.equals("break") || name.equals("continue")) {
            return super.visitSimple_tag(ctx);
        }
        throw refused(name, ctx);
    }

    @Override
    public LNode visitRaw_tag(LiquidParser.Raw_tagContext ctx) {
        throw refused("raw", ctx);
    }

    @Override
    public LNode visitCycle_tag(LiquidParser.Cycle_tagContext ctx) {
        throw refused("cycle", ctx);
    }

    @Override
    public LNode visitTable_tag(LiquidParser.Table_tagContext ctx) {
        throw refused("tablerow", ctx);
    }

    @Override
    public LNode visitInclude_tag(LiquidParser.Include_tagContext ctx) {
        throw refused("include", ctx);
    }

    @Override
    public LNode visitInclude_relative_tag(LiquidParser.Include_relative_tagContext ctx) {
        throw refused("include_relative", ctx);
    }

    private static TemplateFault refused(String tag, ParserRuleContext ctx) {
        return new TemplateFault(t("content.problem.tag_refused", tag), ctx.start.getLine());
    }
}
