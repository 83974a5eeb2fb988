package io.perennial.content.rendering;

import io.perennial.content.TemplateProblem.Part;
import io.perennial.content.rendering.MjmlSource.Tag;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which elements of MJML may stand where, which of them the product knows, and what is unsafe in a mail. */
class MjmlRules {

    private static final Map<String, Set<String>> CHILDREN = Map.ofEntries(
            children("mjml", "mj-head mj-body mj-raw"),
            children("mj-head", "mj-attributes mj-breakpoint mj-font mj-preview mj-style mj-title mj-raw"),
            children("mj-body", "mj-section mj-wrapper mj-hero mj-raw"),
            children("mj-wrapper", "mj-section mj-hero mj-raw"),
            children("mj-section", "mj-column mj-group mj-raw"),
            children("mj-group", "mj-column mj-raw"),
            children(
                    "mj-column", "mj-text mj-button mj-image mj-divider mj-spacer mj-social mj-table mj-navbar mj-raw"),
            children("mj-hero", "mj-text mj-button mj-image mj-divider mj-spacer mj-social mj-table mj-navbar mj-raw"),
            children("mj-social", "mj-social-element mj-raw"),
            children("mj-navbar", "mj-navbar-link mj-raw"));
    private static final Set<String> UNSUPPORTED = Set.of(
            "mj-include",
            "mj-carousel",
            "mj-carousel-image",
            "mj-accordion",
            "mj-accordion-element",
            "mj-accordion-title",
            "mj-accordion-text",
            "mj-html-attributes");
    private static final Set<String> UNSAFE = Set.of(
            "script",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "select",
            "textarea",
            "svg",
            "math",
            "link",
            "base",
            "video",
            "audio",
            "template",
            "frame",
            "frameset",
            "applet");

    private final Problems problems;

    MjmlRules(Problems problems) {
        this.problems = problems;
    }

    /** Whether this element holds other blocks only, no words. */
    boolean holdsBlocksOnly(String element) {
        return CHILDREN.containsKey(element);
    }

    /** Says what is wrong with an element. */
    void check(Tag tag, Deque<Tag> open) {
        @Nullable Tag parent = open.peek();
        String name = tag.name();
        boolean inAttributes = open.stream().anyMatch(t -> t.name().equals("mj-attributes"));
        if (UNSUPPORTED.contains(name)) {
            problems.blocking(Part.BODY, tag.line(), name.equals("mj-include") ? "include" : "unsupported", name);
        } else if (UNSAFE.contains(name)) {
            problems.warning(Part.BODY, tag.line(), "unsafe_element", name);
        } else if (name.startsWith("mj") && !inAttributes) {
            placeInParent(tag, parent);
        }
        if (!inAttributes && name.equals("mj-image") && !tag.attributes().containsKey("src")) {
            problems.blocking(Part.BODY, tag.line(), "image_without_source");
        }
        if (!inAttributes
                && (name.equals("mj-image") || name.equals("img"))
                && !tag.attributes().containsKey("alt")) {
            problems.warning(Part.BODY, tag.line(), "image_without_alt");
        }
        tag.attributes().forEach((attribute, value) -> {
            if (attribute.startsWith("on")) {
                problems.warning(Part.BODY, tag.line(), "unsafe_attribute", attribute);
            } else if (UrlGuard.isUrlAttribute(attribute)
                    && value.indexOf(LiquidSource.MASK) < 0
                    && !value.isBlank()
                    && !UrlGuard.isSafe(value)) {
                problems.warning(Part.BODY, tag.line(), "unsafe_link", value.strip());
            }
        });
    }

    private void placeInParent(Tag tag, @Nullable Tag parent) {
        boolean known = CHILDREN.containsKey(tag.name())
                || CHILDREN.values().stream().anyMatch(names -> names.contains(tag.name()));
        if (!known) {
            List<String> names = CHILDREN.values().stream().flatMap(Set::stream).toList();
            Suggestions.nearest(tag.name(), names)
                    .ifPresentOrElse(
                            near -> problems.blocking(Part.BODY, tag.line(), "unknown_element_near", tag.name(), near),
                            () -> problems.blocking(Part.BODY, tag.line(), "unknown_element", tag.name()));
            return;
        }
        String in = parent == null ? "" : parent.name();
        if (parent == null ? !tag.name().equals("mjml") : !allowed(in).contains(tag.name())) {
            List<String> homes = CHILDREN.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(tag.name()))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            problems.blocking(
                    Part.BODY,
                    tag.line(),
                    "wrong_place",
                    tag.name(),
                    String.join(", ", homes),
                    parent == null ? 0 : 1,
                    in);
        }
    }

    private static Set<String> allowed(String parent) {
        return CHILDREN.getOrDefault(parent, Set.of());
    }

    private static Map.Entry<String, Set<String>> children(String parent, String names) {
        return Map.entry(parent, Set.of(names.split(" ")));
    }
}
