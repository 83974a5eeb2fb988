package io.perennial.content.rendering;

import io.perennial.content.TemplateProblem.Part;
import io.perennial.content.TemplateVariables;
import java.util.List;

/** What a mail must say and should not forget. */
final class ContentChecks {

    private static final int LONG_SUBJECT = 150;

    private ContentChecks() {}

    static void subject(String subject, Problems problems) {
        if (subject.isBlank()) {
            problems.blocking(Part.SUBJECT, 0, "subject_empty");
        } else if (subject.length() > LONG_SUBJECT) {
            problems.warning(Part.SUBJECT, 0, "subject_long", subject.length(), LONG_SUBJECT);
        }
    }

    /** Variables that nobody fills, and those that some customers lack. */
    static void variables(List<NodeBuilder.Use> uses, Part part, Problems problems) {
        for (NodeBuilder.Use use : uses) {
            if (!TemplateVariables.isKnown(use.name())) {
                TemplateVariables.names().stream()
                        .filter(known -> known.endsWith("." + use.name()))
                        .findFirst()
                        .or(() -> Suggestions.nearest(use.name(), TemplateVariables.names()))
                        .ifPresentOrElse(
                                near -> problems.warning(part, use.line(), "unknown_variable_near", use.name(), near),
                                () -> problems.warning(part, use.line(), "unknown_variable", use.name()));
            } else if (use.shown() && !use.guarded() && TemplateVariables.isOptional(use.name())) {
                problems.warning(part, use.line(), "no_default", use.name());
            }
        }
    }

    /** What the law asks of marketing mail: a way out and an address. */
    static void marketing(List<NodeBuilder.Use> uses, boolean addressSet, Problems problems) {
        if (!isShown(uses, "links.unsubscribe")) {
            problems.blocking(Part.BODY, 0, "no_unsubscribe");
        }
        if (!isShown(uses, "business.postal_address")) {
            problems.blocking(Part.BODY, 0, "no_address");
        } else if (!addressSet) {
            problems.blocking(Part.BODY, 0, "address_not_set");
        }
    }

    private static boolean isShown(List<NodeBuilder.Use> uses, String name) {
        return uses.stream().anyMatch(use -> use.shown() && use.name().equals(name));
    }
}
