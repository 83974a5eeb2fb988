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

    /** What the law asks of marketing mail: a way out and an address, in every mail, whoever gets it. */
    static void marketing(LiquidTemplate body, boolean addressSet, Problems problems) {
        required(body, "links.unsubscribe", "no_unsubscribe", "unsubscribe_conditional", problems);
        if (required(body, "business.postal_address", "no_address", "address_conditional", problems) && !addressSet) {
            problems.blocking(Part.BODY, 0, "address_not_set");
        }
    }

    /** Who reads the text alone must find the way out too; the header has it in any case. */
    static void wayOutOfText(LiquidTemplate text, Problems problems) {
        if (!text.alwaysShows("links.unsubscribe")) {
            problems.warning(Part.TEXT, 0, "text_without_unsubscribe");
        }
    }

    private static boolean required(
            LiquidTemplate body, String name, String missing, String conditional, Problems problems) {
        if (body.alwaysShows(name)) {
            return true;
        }
        body.uses().stream()
                .filter(use -> use.shown() && use.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        use -> problems.blocking(Part.BODY, 0, conditional),
                        () -> problems.blocking(Part.BODY, 0, missing));
        return false;
    }
}
