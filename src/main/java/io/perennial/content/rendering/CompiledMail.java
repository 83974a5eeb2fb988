package io.perennial.content.rendering;

import static io.perennial.uikit.Texts.t;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.PiecedMail;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liqp.exceptions.ExceededMaxIterationsException;
import org.jspecify.annotations.Nullable;

/** A template's three parts, parsed. */
record CompiledMail(LiquidTemplate subject, LiquidTemplate html, LiquidTemplate text) implements CompiledTemplate {

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final int LONGEST_SUBJECT = 900; // a header line ends at 998

    @Override
    public PiecedMail compose(Map<String, Object> model) {
        try {
            return new PiecedMail(oneLine(subject.render(model)), html.pieces(model), text.tidyPieces(model));
        } catch (StackOverflowError | RuntimeException e) {
            throw new RenderFailed(words(e), e);
        }
    }

    @Override
    public Set<String> variables() {
        return names(use -> true);
    }

    @Override
    public Set<String> needed() {
        return names(use -> use.shown() && !use.guarded());
    }

    private Set<String> names(Predicate<NodeBuilder.Use> which) {
        return Stream.of(subject, html, text)
                .flatMap(part -> part.uses().stream())
                .filter(which)
                .map(NodeBuilder.Use::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String oneLine(String text) {
        String line = BREAKS.matcher(text).replaceAll(" ").strip();
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT);
    }

    private static String words(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedOutput.RenderLimitReached || cause instanceof ExceededMaxIterationsException) {
                return t("content.render.limit");
            }
        }
        return t("content.render.failed", String.valueOf(failure.getMessage()));
    }
}
