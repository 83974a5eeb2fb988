package io.perennial.content.rendering;

import java.util.Map;
import liqp.RenderTransformer;
import liqp.TemplateContext;

/**
 * Collects rendered text and stops a rendering that takes too long or grows too large. Asked at each block and each
 * piece of text, so an endless loop meets it too.
 */
final class BoundedOutput implements RenderTransformer {

    /** In characters: about what a mail server takes at most, and twenty times what Gmail shows. */
    static final int MAX_LENGTH = 2_000_000;

    /** A mail takes well under a millisecond; a pause of the garbage collector must not fail it. */
    static final long MAX_NANOS = 2_000_000_000L;

    private static final String BUDGET = "perennial_budget";

    /** What one rendering has used so far. */
    static final class Budget {
        private final long deadline = System.nanoTime() + MAX_NANOS;
        private long length;

        void spend(int characters) {
            length += characters;
            if (length > MAX_LENGTH * 4L) { // a text passes through each block around it once more
                throw new RenderLimitReached("size");
            }
            if (System.nanoTime() > deadline) {
                throw new RenderLimitReached("time");
            }
        }
    }

    static final class RenderLimitReached extends RuntimeException {
        RenderLimitReached(String limit) {
            super(limit);
        }
    }

    static void begin(TemplateContext context) {
        context.<Map<String, Budget>>getRegistry(BUDGET).put(BUDGET, new Budget());
    }

    @Override
    public ObjectAppender.Controller newObjectAppender(TemplateContext context, int estimate) {
        Budget budget = context.<Map<String, Budget>>getRegistry(BUDGET).get(BUDGET);
        return new Collector(budget == null ? new Budget() : budget);
    }

    @Override
    public Object transformObject(TemplateContext context, Object object) {
        return String.valueOf(object);
    }

    private static final class Collector implements ObjectAppender.Controller {

        private final StringBuilder text = new StringBuilder();
        private final Budget budget;

        Collector(Budget budget) {
            this.budget = budget;
            budget.spend(0);
        }

        @Override
        public void append(Object object) {
            String piece = String.valueOf(object);
            budget.spend(piece.length());
            if (text.length() + piece.length() > MAX_LENGTH) {
                throw new RenderLimitReached("size");
            }
            text.append(piece);
        }

        @Override
        public Object getResult() {
            return text.toString();
        }
    }
}
