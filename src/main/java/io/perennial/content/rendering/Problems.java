package io.perennial.content.rendering;

import static io.perennial.uikit.Texts.t;

import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateProblem.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a template, each thing once. */
final class Problems {

    private static final int MOST = 100;

    private final List<TemplateProblem> found = new ArrayList<>();

    /** It keeps the template from being sent. */
    void blocking(Part part, int line, String key, Object... args) {
        add(new TemplateProblem(part, line, true, t("content.problem." + key, args)));
    }

    /** It can be sent, but somebody should look. */
    void warning(Part part, int line, String key, Object... args) {
        add(new TemplateProblem(part, line, false, t("content.problem." + key, args)));
    }

    void add(Part part, TemplateFault fault) {
        add(new TemplateProblem(part, fault.line(), true, String.valueOf(fault.getMessage())));
    }

    void addAll(Problems others) {
        others.found.forEach(this::add);
    }

    private void add(TemplateProblem problem) {
        if (found.size() < MOST && !found.contains(problem)) {
            found.add(problem);
        }
    }

    boolean areBlocking() {
        return found.stream().anyMatch(TemplateProblem::blocking);
    }

    /** Blocking ones first, then by place. */
    List<TemplateProblem> list() {
        return found.stream()
                .sorted(Comparator.comparing(TemplateProblem::blocking)
                        .reversed()
                        .thenComparing(TemplateProblem::part)
                        .thenComparingInt(TemplateProblem::line))
                .toList();
    }
}
