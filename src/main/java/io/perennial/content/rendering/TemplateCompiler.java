package io.perennial.content.rendering;

import ch.digitalfondue.mjml4j.Mjml4j;
import io.perennial.content.CompiledTemplate;
import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateProblem.Part;
import io.perennial.content.TemplateSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Checks a template and makes it ready to render: Liquid is set aside, MJML becomes HTML, the HTML is cleaned, Liquid
 * is put back and parsed once.
 */
public final class TemplateCompiler {

    /** Longer sources are refused: a mail that anybody reads has a tenth of it. */
    static final int MAX_SOURCE = 200_000;

    private static final int MAX_LIQUID = 2_000;
    private static final int MAX_PIECES = 3_000;
    /** Of MJML: mjml4j's time grows with their square, 6,000 take a minute. A long newsletter has 300. */
    private static final int MAX_ELEMENTS = 800;
    /** Of HTML: 30,000 inside each other take a parser ten seconds. */
    private static final int MAX_TAGS = 10_000;
    /** Of brackets: what the parser takes grows with their square and more. */
    private static final int MAX_DEPTH = 8;

    private static final int GMAIL_CLIPS_AT = 102 * 1024;
    private static final String HIDDEN = "display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;"
            + "opacity:0;overflow:hidden;mso-hide:all";

    private final Locale locale;
    private final boolean addressSet;
    private final LiquidEngine liquid;

    /**
     * @param locale and {@code currency}: of the business, for its dates and money
     * @param addressSet whether the business has a postal address
     */
    public TemplateCompiler(Locale locale, Currency currency, boolean addressSet) {
        this.locale = locale;
        this.addressSet = addressSet;
        this.liquid = LiquidEngine.of(locale, currency);
    }

    /**
     * What came of a template.
     *
     * @param template null if it cannot be rendered at all; it may still have blocking problems when it can
     */
    public record Inspection(
            List<TemplateProblem> problems, @Nullable CompiledTemplate template) {

        public boolean sendable() {
            return template != null && problems.stream().noneMatch(TemplateProblem::blocking);
        }
    }

    /** Checks and, as far as possible, compiles. Never throws for what a template contains. */
    public Inspection inspect(TemplateSnapshot source) {
        Problems problems = new Problems();
        if (tooLong(source, problems)) {
            return new Inspection(problems.list(), null);
        }
        LiquidSource subject = read(source.subject(), Part.SUBJECT, problems);
        LiquidSource preheader = read(source.preheader(), Part.PREHEADER, problems);
        LiquidSource body = read(source.mjml(), Part.BODY, problems);
        String ownText = source.text();
        LiquidSource text = ownText == null || ownText.isBlank() ? null : read(ownText, Part.TEXT, problems);
        ContentChecks.subject(source.subject(), problems);
        MjmlSource mjml = MjmlSource.read(body.masked(), problems);
        if (problems.areBlocking() && !onlySubjectIsEmpty(problems)) {
            return new Inspection(problems.list(), null);
        }
        CompiledTemplate compiled = compile(subject, preheader, body, mjml, text, problems);
        return new Inspection(problems.list(), compiled);
    }

    private static boolean onlySubjectIsEmpty(Problems problems) {
        return problems.list().stream()
                .filter(TemplateProblem::blocking)
                .allMatch(p -> p.part() == Part.SUBJECT && p.line() == 0);
    }

    private static boolean tooLong(TemplateSnapshot source, Problems problems) {
        int before = problems.list().size();
        if (source.mjml().length() > MAX_SOURCE) {
            problems.blocking(Part.BODY, 0, "too_long", MAX_SOURCE);
        }
        if (count(source.mjml(), "<mj-") > MAX_ELEMENTS) {
            problems.blocking(Part.BODY, 0, "too_many_elements", MAX_ELEMENTS);
        } else if (count(source.mjml(), "<") > MAX_TAGS) {
            problems.blocking(Part.BODY, 0, "too_many_html_tags", MAX_TAGS);
        }
        String text = source.text();
        if (text != null && text.length() > MAX_SOURCE) {
            problems.blocking(Part.TEXT, 0, "too_long", MAX_SOURCE);
        }
        if (source.subject().length() > 1_000) {
            problems.blocking(Part.SUBJECT, 0, "too_long", 1_000);
        }
        if (source.preheader().length() > 1_000) {
            problems.blocking(Part.PREHEADER, 0, "too_long", 1_000);
        }
        return problems.list().size() > before;
    }

    /** Finds the Liquid of a part and checks it in its author's own lines. */
    private LiquidSource read(String text, Part part, Problems problems) {
        String plain = Placeholders.strip(text).replace("\r\n", "\n").replace('\r', '\n');
        Problems own = new Problems();
        LiquidSource source = LiquidSource.scan(plain, part, own);
        if (source.pieces().size() > MAX_PIECES) {
            own.blocking(part, 0, "too_many_tags", MAX_PIECES);
        }
        source.pieces().stream()
                .filter(piece -> piece.source().length() > MAX_LIQUID)
                .forEach(piece -> own.blocking(part, piece.line(), "tag_too_long", MAX_LIQUID));
        source.pieces().stream()
                .filter(piece -> depth(piece.source()) > MAX_DEPTH)
                .forEach(piece -> own.blocking(part, piece.line(), "tag_too_deep"));
        if (!own.areBlocking()) {
            try {
                ContentChecks.variables(liquid.parse(plain, false).uses(), part, own);
            } catch (TemplateFault fault) {
                own.add(part, fault);
            }
        }
        problems.addAll(own);
        return source;
    }

    private static int count(String text, String word) {
        int count = 0;
        for (int i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
            count++;
        }
        return count;
    }

    private static int depth(String liquid) {
        int deepest = 0;
        int depth = 0;
        for (int i = 0; i < liquid.length(); i++) {
            char c = liquid.charAt(i);
            depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private @Nullable CompiledTemplate compile(
            LiquidSource subject,
            LiquidSource preheader,
            LiquidSource body,
            MjmlSource mjml,
            @Nullable LiquidSource ownText,
            Problems problems) {
        try {
            Placeholders placeholders = new Placeholders();
            body.pieces().forEach(piece -> placeholders.hold(piece.source()));
            Document document = Jsoup.parse(html(body, mjml));
            document.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
            BlockContexts.check(document, body.pieces(), problems);
            if (problems.areBlocking() && !onlySubjectIsEmpty(problems)) {
                return null;
            }
            new MailSanitiser(placeholders).clean(document);
            String derived = PlainText.of(document, placeholders);
            // Subject and preheader are put into the document too, where nobody would look for them.
            LiquidTemplate seen =
                    liquid.parse(placeholders.restore(document.body().html()), true);
            ContentChecks.marketing(seen, addressSet, problems);
            titled(document, held(subject, placeholders));
            preheaded(document, held(preheader, placeholders));
            LiquidTemplate html = liquid.parse(placeholders.restore(document.outerHtml()), true);
            LiquidTemplate text = liquid.parse(
                    ownText == null ? placeholders.restore(derived) : ownText.replaced(i -> source(ownText, i)), false);
            LiquidTemplate line = liquid.parse(subject.replaced(i -> source(subject, i)), false);
            ContentChecks.wayOutOfText(text, problems);
            int bytes = document.outerHtml().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > GMAIL_CLIPS_AT) {
                problems.warning(Part.BODY, 0, "too_large_for_gmail", bytes / 1024);
            }
            return new CompiledMail(line, html, text);
        } catch (TemplateFault fault) {
            problems.blocking(Part.BODY, 0, "does_not_compile", String.valueOf(fault.getMessage()));
        } catch (StackOverflowError | RuntimeException e) {
            // mjml4j throws what its parts throw: number formats, indexes.
            problems.blocking(Part.BODY, 0, "does_not_compile", String.valueOf(e.getMessage()));
        }
        return null;
    }

    private String html(LiquidSource body, MjmlSource mjml) {
        String held = body.replaced(i -> {
            LiquidSource.Piece piece = body.pieces().get(i);
            boolean betweenMarkup =
                    piece.kind() == LiquidSource.Kind.TAG && mjml.placeOf(piece.start()) == MjmlSource.Place.MARKUP;
            // HTML moves text out of tables, comments it leaves where they are.
            return betweenMarkup ? "<!--" + Placeholders.text(i) + "-->" : Placeholders.text(i);
        });
        return Mjml4j.render(held, new Mjml4j.Configuration(locale.getLanguage(), Mjml4j.TextDirection.LTR));
    }

    private static String held(LiquidSource source, Placeholders placeholders) {
        return source.replaced(i -> placeholders.hold(source(source, i)));
    }

    private static String source(LiquidSource source, int piece) {
        return source.pieces().get(piece).source();
    }

    private static void titled(Document document, String subject) {
        Element title = document.head().selectFirst("title");
        if (title == null) {
            title = document.head().prependElement("title");
        }
        if (title.text().isBlank()) {
            title.empty().appendChild(new TextNode(subject));
        }
    }

    private static void preheaded(Document document, String preheader) {
        if (!preheader.isBlank()) {
            Element hidden = new Element("div").attr("style", HIDDEN);
            // The invisible filler keeps mail programs from adding the first words of the body.
            hidden.appendChild(new TextNode(preheader.strip() + "\u00A0\u200C".repeat(60)));
            document.body().prependChild(hidden);
        }
    }
}
