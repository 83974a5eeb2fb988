package io.perennial.content.rendering;

import static io.perennial.uikit.Texts.t;

import java.util.Currency;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;
import liqp.filters.Filters;
import liqp.parser.Flavor;

/**
 * Liquid as templates may use it: conditions, loops, assignments and a list of filters, in the language and currency of
 * one business. No includes, no evaluation of anything but Liquid, bounded in time and size.
 *
 * <p>liqp's own {@code Template.render} keeps its context in a field (two threads would see each other's customer) and
 * walks the parse tree anew for each rendering, at 29 ns per literal character. So the tree of nodes is built once here
 * and rendered with a context of its own each time.
 */
final class LiquidEngine {

    static final int MAX_ITERATIONS = 10_000;

    private static final ConcurrentHashMap<String, LiquidEngine> ENGINES = new ConcurrentHashMap<>();

    private static final Pattern FRAME = Pattern.compile("error \"(.*)\" on line", Pattern.DOTALL);

    private final TemplateParser parser;
    private final Filters filters;
    private final Locale locale;

    private LiquidEngine(Locale locale, Currency currency) {
        this.locale = locale;
        this.filters = TemplateFilters.all(locale, currency);
        this.parser = new TemplateParser.Builder()
                .withFlavor(Flavor.LIQUID)
                .withLocale(locale)
                .withStrictTypedExpressions(false)
                .withMaxIterations(MAX_ITERATIONS)
                .withNameResolver(name -> {
                    throw new TemplateFault(t("content.problem.tag_refused", "include"), 0);
                })
                .withRenderTransformer(new BoundedOutput())
                .build();
    }

    static LiquidEngine of(Locale locale, Currency currency) {
        // As many as there are locales and currencies among businesses.
        return ENGINES.computeIfAbsent(
                locale.toLanguageTag() + '|' + currency.getCurrencyCode(), key -> new LiquidEngine(locale, currency));
    }

    /**
     * Parses once.
     *
     * @param escaping whether outputs are escaped for HTML
     * @throws TemplateFault with the line, if it cannot be read or uses what is not allowed
     */
    LiquidTemplate parse(String source, boolean escaping) {
        try {
            Literals literals = Literals.of(source);
            return new LiquidTemplate(this, parser.parse(literals.skeleton()).getParseTree(), literals, escaping);
        } catch (LiquidException e) {
            throw new TemplateFault(t("content.problem.liquid_syntax", words(e)), e.line);
        } catch (TemplateFault e) {
            throw e;
        } catch (StackOverflowError | RuntimeException e) {
            throw new TemplateFault(t("content.problem.liquid_unreadable"), 0);
        }
    }

    /** The parser's words without its frame: {@code parser error "mismatched input '%}'" on line 3, index 7}. */
    private static String words(LiquidException e) {
        String message = String.valueOf(e.getMessage());
        Matcher frame = FRAME.matcher(message);
        String words = frame.find() ? frame.group(1) : message;
        int list = words.indexOf(" expecting {");
        return list < 0 ? words : words.substring(0, list);
    }

    TemplateParser parser() {
        return parser;
    }

    Filters filters() {
        return filters;
    }

    Locale locale() {
        return locale;
    }
}
