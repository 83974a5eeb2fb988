package io.perennial.content.rendering;

import static io.perennial.uikit.Texts.t;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.RenderedMail;
import java.util.Map;
import liqp.exceptions.ExceededMaxIterationsException;
import org.jspecify.annotations.Nullable;

/** A template's three parts, parsed. */
record CompiledMail(LiquidTemplate subject, LiquidTemplate html, LiquidTemplate text) implements CompiledTemplate {

    private static final int LONGEST_SUBJECT = 900; // a header line ends at 998

    @Override
    public RenderedMail render(Map<String, Object> model) {
        try {
            return new RenderedMail(
                    oneLine(subject.render(model)), html.render(model), PlainText.tidy(text.render(model)));
        } catch (StackOverflowError | RuntimeException e) {
            throw new RenderFailed(words(e), e);
        }
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
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
