package io.perennial.content.rendering;

import io.perennial.content.TemplateProblem.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads MJML as its author wrote it, to say what is wrong at which line: mjml4j itself forgives everything and drops
 * what it does not know. Also tells for each place whether Liquid there stands between blocks, in text, in an
 * attribute or in raw text such as CSS.
 */
final class MjmlSource {

    enum Place {
        /** Between or inside blocks, where HTML may have a comment. */
        MARKUP,
        /** In an attribute or elsewhere inside a tag, in CSS, in a title, in a comment. */
        RAW
    }

    /**
     * @param attributes by lower-case name, Liquid masked
     */
    record Tag(String name, Map<String, String> attributes, int line) {}

    private static final Set<String> RAW_TEXT =
            Set.of("mj-style", "mj-title", "mj-preview", "style", "script", "title");
    private static final Set<String> EMPTY =
            Set.of("mj-image", "mj-divider", "mj-spacer", "mj-breakpoint", "mj-font", "mj-class", "mj-all");
    private static final Pattern OPEN = Pattern.compile("<([a-zA-Z][a-zA-Z0-9:_-]*)");
    private static final Pattern CLOSE = Pattern.compile("</([a-zA-Z][a-zA-Z0-9:_-]*)\\s*>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s=/>\"']+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+)))?");

    private final String masked;
    private final Problems problems;
    private final MjmlRules rules;
    private final Place[] places;
    private final List<Tag> tags = new ArrayList<>();
    private final Deque<Tag> open = new ArrayDeque<>();

    private MjmlSource(String masked, Problems problems) {
        this.masked = masked;
        this.problems = problems;
        this.rules = new MjmlRules(problems);
        this.places = new Place[masked.length()];
        Arrays.fill(places, Place.MARKUP);
    }

    /**
     * @param masked the source, its Liquid masked
     */
    static MjmlSource read(String masked, Problems problems) {
        MjmlSource source = new MjmlSource(masked, problems);
        source.read();
        return source;
    }

    Place placeOf(int offset) {
        return places[offset];
    }

    List<Tag> tags() {
        return tags;
    }

    private void read() {
        int at = 0;
        while (at < masked.length()) {
            int next = masked.indexOf('<', at);
            text(at, next < 0 ? masked.length() : next);
            if (next < 0) {
                break;
            }
            at = tag(next);
        }
        for (Tag tag : open) {
            if (tag.name().startsWith("mj")) {
                problems.blocking(Part.BODY, tag.line(), "element_not_closed", tag.name());
            }
        }
        if (tags.stream().noneMatch(tag -> tag.name().equals("mjml"))) {
            problems.blocking(Part.BODY, 1, "no_mjml");
        } else if (tags.stream().noneMatch(tag -> tag.name().equals("mj-body"))) {
            problems.blocking(Part.BODY, 1, "no_body");
        }
    }

    /** Words that stand where only blocks may: no mail program would show them where they are meant. */
    private void text(int from, int to) {
        Tag parent = open.peek();
        if (parent == null || !rules.holdsBlocksOnly(parent.name())) {
            return;
        }
        for (int i = from; i < to; i++) {
            char c = masked.charAt(i);
            if (!Character.isWhitespace(c) && c != LiquidSource.MASK) {
                problems.warning(Part.BODY, LiquidSource.lineAt(masked, i), "text_outside", parent.name());
                return;
            }
        }
    }

    private int tag(int at) {
        if (masked.startsWith("<!--", at)) {
            int end = masked.indexOf("-->", at);
            return raw(at, end < 0 ? masked.length() : end + 3);
        }
        if (masked.startsWith("<!", at) || masked.startsWith("<?", at)) {
            int end = masked.indexOf('>', at);
            return raw(at, end < 0 ? masked.length() : end + 1);
        }
        Matcher close = CLOSE.matcher(masked).region(at, masked.length());
        if (close.lookingAt()) {
            closed(close.group(1).toLowerCase(Locale.ROOT), LiquidSource.lineAt(masked, at));
            return close.end();
        }
        Matcher start = OPEN.matcher(masked).region(at, masked.length());
        if (start.lookingAt()) {
            return opened(at, start);
        }
        return at + 1;
    }

    private int raw(int from, int to) {
        Arrays.fill(places, from, to, Place.RAW);
        return to;
    }

    private int opened(int at, Matcher start) {
        int line = LiquidSource.lineAt(masked, at);
        int end = endOfTag(start.end());
        if (end < 0) {
            problems.blocking(Part.BODY, line, "angle_not_closed", start.group(1));
            return raw(at, masked.length());
        }
        raw(at, end);
        boolean selfClosing = masked.charAt(end - 2) == '/';
        Tag tag = new Tag(
                start.group(1).toLowerCase(Locale.ROOT),
                attributes(masked.substring(start.end(), selfClosing ? end - 2 : end - 1)),
                line);
        tags.add(tag);
        rules.check(tag, open);
        if (RAW_TEXT.contains(tag.name()) && !selfClosing) {
            int close = masked.toLowerCase(Locale.ROOT).indexOf("</" + tag.name(), end);
            raw(end, close < 0 ? masked.length() : close);
            open.push(tag);
            return close < 0 ? masked.length() : close;
        }
        if (!selfClosing && tag.name().startsWith("mj")) {
            open.push(tag);
        }
        return end;
    }

    /** Past the {@code >} that ends the tag; quoted ones do not. */
    private int endOfTag(int from) {
        char quote = 0;
        for (int i = from; i < masked.length(); i++) {
            char c = masked.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            } else if (c == '<') {
                return -1;
            }
        }
        return -1;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) != null
                    ? matcher.group(2)
                    : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
            attributes.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
        }
        return attributes;
    }

    private void closed(String name, int line) {
        if (!name.startsWith("mj") && !RAW_TEXT.contains(name)) {
            return;
        }
        Tag top = open.peek();
        if (top != null && top.name().equals(name)) {
            open.pop();
        } else if (open.stream().anyMatch(tag -> tag.name().equals(name))) {
            while (!open.isEmpty()) {
                Tag inner = open.pop();
                if (inner.name().equals(name)) {
                    break;
                }
                if (!EMPTY.contains(inner.name()) || inner.name().startsWith("mj")) {
                    problems.blocking(Part.BODY, inner.line(), "element_not_closed", inner.name());
                }
            }
        } else if (name.startsWith("mj")) {
            problems.blocking(Part.BODY, line, "close_without_open", name);
        }
    }
}
