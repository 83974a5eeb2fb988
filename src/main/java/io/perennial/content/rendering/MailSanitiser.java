package io.perennial.content.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Takes everything out of a compiled template that is not on a list: elements, attributes, addresses and CSS. Runs once
 * per template, while Liquid is held by placeholders, so a placeholder in a dangerous spot gets its guard here:
 * addresses are captured and checked when rendered, data in CSS loses what could end the declaration.
 *
 * <p>General HTML sanitisers drop Outlook's conditional comments, {@code <style>} and table attributes, without which a
 * mail falls apart; this list is made for mail.
 */
final class MailSanitiser {

    private static final Set<String> ELEMENTS =
            words("html head body title meta style div span p br hr a img table thead "
                    + "tbody tfoot tr td th caption colgroup col h1 h2 h3 h4 h5 h6 ul ol li dl dt dd b strong i em u s strike del "
                    + "ins sub sup small big font center blockquote pre code abbr address section header footer article main nav "
                    + "figure figcaption mark q cite time wbr");

    /** Taken out with all they contain; anything else unknown loses only its tags. */
    private static final Set<String> GONE = words("script iframe object embed applet svg math template noscript select "
            + "textarea video audio frameset frame noframes xmp plaintext link base canvas dialog portal");

    private static final Set<String> ATTRIBUTES = words("style class id align valign width height bgcolor background "
            + "border cellpadding cellspacing role alt title src href target rel dir lang colspan rowspan media type "
            + "color face size start value span summary scope hspace vspace nowrap charset content http-equiv name");

    private static final Set<String> OUTLOOK_ELEMENTS =
            words("v:rect v:roundrect v:fill v:textbox v:image v:oval v:shape "
                    + "w:anchorlock xml noscript o:officedocumentsettings o:allowpng o:pixelsperinch");
    private static final Set<String> OUTLOOK_ATTRIBUTES =
            words("fill stroke fillcolor strokecolor strokeweight arcsize "
                    + "inset position origin aspect sizes opacity stroked filled esdevguid");

    private static final Pattern CONDITION = Pattern.compile("^\\[if [a-zA-Z0-9 |&!()]{1,60}]>");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9:_-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s=/>\"']+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+)))?");

    private final Placeholders placeholders;
    private int captures;

    MailSanitiser(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    void clean(Document document) {
        cleanChildren(document);
    }

    private void cleanChildren(Element parent) {
        for (Node child : new ArrayList<>(parent.childNodes())) {
            clean(child);
        }
    }

    private void clean(Node node) {
        switch (node) {
            case Element element -> cleanElement(element);
            case Comment comment -> cleanComment(comment);
            case DataNode data -> data.setWholeData(guardCss(CssGuard.clean(data.getWholeData())));
            case TextNode text -> {}
            case DocumentType type -> {}
            default -> node.remove();
        }
    }

    private void cleanElement(Element element) {
        String name = element.normalName();
        if (GONE.contains(name)) {
            element.remove();
            return;
        }
        if (!ELEMENTS.contains(name)) {
            cleanChildren(element);
            element.unwrap();
            return;
        }
        if (name.equals("meta") && !isHarmlessMeta(element)) {
            element.remove();
            return;
        }
        cleanAttributes(element);
        cleanChildren(element);
        if (name.equals("style") && element.data().isBlank()) {
            element.remove();
        }
    }

    private static boolean isHarmlessMeta(Element meta) {
        String equivalent = meta.attr("http-equiv").toLowerCase(Locale.ROOT);
        return equivalent.isEmpty() || equivalent.equals("content-type") || equivalent.equals("x-ua-compatible");
    }

    private void cleanAttributes(Element element) {
        List<Attribute> all = new ArrayList<>(element.attributes().asList());
        for (Attribute attribute : all) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            String value = attribute.getValue();
            if (!isAllowed(name)) {
                element.removeAttr(attribute.getKey());
            } else if (UrlGuard.isUrlAttribute(name)) {
                element.attr(attribute.getKey(), guardUrl(value));
            } else if (name.equals("style")) {
                element.attr(attribute.getKey(), guardCss(CssGuard.clean(value)));
            }
        }
    }

    private static boolean isAllowed(String name) {
        return ATTRIBUTES.contains(name)
                || name.startsWith("aria-")
                || name.equals("xmlns")
                || name.equals("xmlns:v")
                || name.equals("xmlns:o")
                || name.equals("xmlns:w");
    }

    /** A fixed address is checked now; one with Liquid in it is captured and checked for each person. */
    private String guardUrl(String url) {
        if (!Placeholders.occursIn(url)) {
            return UrlGuard.guard(url);
        }
        String name = "url_" + captures++;
        return placeholders.hold("{% capture " + name + " %}" + placeholders.restore(url) + "{% endcapture %}{{ " + name
                + " | safe_url }}");
    }

    private String guardCss(String css) {
        return Placeholders.replace(css, number -> {
            String liquid = placeholders.source(number);
            if (!liquid.startsWith("{{")) {
                return Placeholders.text(number);
            }
            String inside = liquid.substring(2, liquid.length() - 2).strip();
            inside = inside.startsWith("-") ? inside.substring(1) : inside;
            inside = inside.endsWith("-") ? inside.substring(0, inside.length() - 1) : inside;
            return placeholders.hold("{{ " + inside.strip() + " | safe_css }}");
        });
    }

    /** Comments are dropped, but for placeholders and Outlook's conditions with allowed tags in them. */
    private void cleanComment(Comment comment) {
        String data = comment.getData();
        if (Placeholders.isOne(data) || data.equals("<![endif]")) {
            return;
        }
        Matcher condition = CONDITION.matcher(data);
        if (!condition.find()) {
            comment.remove();
            return;
        }
        String rest = data.substring(condition.end());
        if (rest.equals("<!")) {
            return; // the opening half of "not for Outlook": <!--[if !mso]><!-->
        }
        String body = rest.endsWith("<![endif]") ? rest.substring(0, rest.length() - "<![endif]".length()) : rest;
        comment.setData(condition.group() + cleanOutlook(body) + "<![endif]");
    }

    private String cleanOutlook(String html) {
        StringBuilder out = new StringBuilder(html.length());
        Matcher tags = TAG.matcher(html);
        int at = 0;
        while (tags.find()) {
            out.append(outlookText(html.substring(at, tags.start())));
            String name = tags.group(2).toLowerCase(Locale.ROOT);
            if (ELEMENTS.contains(name) || OUTLOOK_ELEMENTS.contains(name)) {
                out.append('<').append(tags.group(1)).append(tags.group(2));
                if (tags.group(1).isEmpty()) {
                    appendOutlookAttributes(out, tags.group(3));
                }
                out.append('>');
            }
            at = tags.end();
        }
        out.append(outlookText(html.substring(at)));
        // Taking tags out may have joined what ends a comment.
        return out.toString().replace("-->", "").replace("--!>", "");
    }

    /** Text between tags, which may be CSS; a lone angle bracket would open what the list cannot see. */
    private String outlookText(String text) {
        return guardCss(CssGuard.clean(text));
    }

    private void appendOutlookAttributes(StringBuilder out, String attributes) {
        Matcher matcher = ATTRIBUTE.matcher(attributes);
        while (matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            if (!isAllowed(name) && !OUTLOOK_ATTRIBUTES.contains(name) && !name.startsWith("xmlns:")) {
                continue;
            }
            String raw = matcher.group(2) != null
                    ? matcher.group(2)
                    : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
            String value = org.jsoup.parser.Parser.unescapeEntities(raw == null ? "" : raw, true);
            if (UrlGuard.isUrlAttribute(name)) {
                value = guardUrl(value);
            } else if (name.equals("style")) {
                value = guardCss(CssGuard.clean(value));
            }
            out.append(' ')
                    .append(matcher.group(1))
                    .append("=\"")
                    .append(EscapedNode.escape(value))
                    .append('"');
        }
        if (attributes.stripTrailing().endsWith("/")) {
            out.append(" /");
        }
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }
}
