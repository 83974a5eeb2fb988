package io.perennial.content.rendering;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import liqp.TemplateContext;
import liqp.filters.Filter;
import liqp.filters.Filters;
import org.jspecify.annotations.Nullable;

/**
 * The filters of templates: the standard ones that work on texts, numbers and lists, and dates and money as the
 * business's customers write them. Each is bounded in what it takes and makes, so none can be used to fill the memory.
 */
final class TemplateFilters {

    /** In characters; a longer text in the hands of a filter is no name or product. */
    private static final int MAX_TEXT = 20_000;

    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_DIGITS = 60;
    private static final Pattern WIDE_NUMBER = Pattern.compile("\\d{3,}");

    private static final Set<String> STANDARD = Set.of(
            "abs",
            "append",
            "at_least",
            "at_most",
            "capitalize",
            "ceil",
            "compact",
            "date",
            "default",
            "divided_by",
            "downcase",
            "first",
            "floor",
            "join",
            "last",
            "lstrip",
            "map",
            "minus",
            "modulo",
            "plus",
            "prepend",
            "remove",
            "remove_first",
            "replace",
            "replace_first",
            "reverse",
            "round",
            "rstrip",
            "size",
            "slice",
            "sort",
            "split",
            "strip",
            "strip_html",
            "strip_newlines",
            "times",
            "truncate",
            "truncatewords",
            "uniq",
            "upcase",
            "url_decode",
            "url_encode");

    private TemplateFilters() {}

    static Filters all(Locale locale, Currency currency) {
        Map<String, Filter> filters = new HashMap<>();
        Filters.DEFAULT_FILTERS.getMap().forEach((name, filter) -> {
            if (STANDARD.contains(name)) {
                filters.put(name, new Bounded(name, filter));
            }
        });
        // Everything put out is escaped already; these come from templates written for other products.
        for (String name : Set.of("escape", "escape_once", "h")) {
            filters.put(name, filter(name, (value, args) -> value));
        }
        NumberFormat exact = moneyFormat(locale, currency, Math.max(0, currency.getDefaultFractionDigits()));
        NumberFormat rounded = moneyFormat(locale, currency, 0);
        filters.put("date_long", filter("date_long", (value, args) -> date(value, FormatStyle.LONG, locale)));
        filters.put("date_short", filter("date_short", (value, args) -> date(value, FormatStyle.MEDIUM, locale)));
        filters.put("money", filter("money", (value, args) -> money(value, exact)));
        filters.put("money_rounded", filter("money_rounded", (value, args) -> money(value, rounded)));
        filters.put("safe_url", filter("safe_url", (value, args) -> UrlGuard.guard(EscapedNode.text(value, locale))));
        filters.put("safe_css", filter("safe_css", (value, args) -> CssGuard.value(EscapedNode.text(value, locale))));
        return Filters.of(filters);
    }

    private static @Nullable Object date(@Nullable Object value, FormatStyle style, Locale locale) {
        TemporalAccessor date = null;
        if (value instanceof TemporalAccessor temporal && temporal.isSupported(ChronoField.EPOCH_DAY)) {
            date = temporal;
        } else if (value instanceof String text) {
            try {
                date = LocalDate.parse(text.strip());
            } catch (DateTimeParseException e) {
                return value; // not a date: shown as it is
            }
        }
        return date == null
                ? value
                : DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).format(date);
    }

    private static NumberFormat moneyFormat(Locale locale, Currency currency, int digits) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format;
    }

    /** @param format is copied, as it may be used by one thread at a time */
    private static @Nullable Object money(@Nullable Object value, NumberFormat format) {
        BigDecimal amount;
        try {
            amount = switch (value) {
                case null -> null;
                case BigDecimal number -> number;
                case Number number -> new BigDecimal(number.toString());
                case String text -> text.isBlank() || text.length() > 30 ? null : new BigDecimal(text.strip());
                default -> null;
            };
        } catch (NumberFormatException e) {
            return value;
        }
        if (amount == null) {
            return value;
        }
        return ((NumberFormat) format.clone()).format(amount);
    }

    private interface Work {
        @Nullable
        Object apply(@Nullable Object value, Object[] args);
    }

    private static Filter filter(String name, Work work) {
        return new Filter(name) {
            @Override
            public @Nullable Object apply(@Nullable Object value, TemplateContext context, Object... params) {
                check(value);
                return check(work.apply(value, params));
            }
        };
    }

    private static <T extends @Nullable Object> T check(T value) {
        boolean tooLarge = switch (value) {
            case CharSequence text -> text.length() > MAX_TEXT;
            case Collection<?> many -> many.size() > MAX_ITEMS;
            case Object[] many -> many.length > MAX_ITEMS;
            case BigDecimal number ->
                Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS
                        || number.precision() > MAX_DIGITS * 2;
            case null, default -> false;
        };
        if (tooLarge) {
            throw new BoundedOutput.RenderLimitReached("size");
        }
        return value;
    }

    /** A filter of liqp's within limits. */
    private static final class Bounded extends Filter {

        private final Filter filter;

        Bounded(String name, Filter filter) {
            super(name);
            this.filter = filter;
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, TemplateContext context, Object... params) {
            check(value);
            long product = value instanceof Collection<?> many ? many.size() : length(value);
            for (Object param : params) {
                check(param);
                product = Math.max(product, 1) * Math.max(length(param), 1);
            }
            boolean multiplies = name.startsWith("replace") || name.equals("join");
            if (multiplies && product > 2_000_000) {
                throw new BoundedOutput.RenderLimitReached("size");
            }
            if (name.equals("date") && params.length > 0 && isWide(params[0])) {
                throw new BoundedOutput.RenderLimitReached("size");
            }
            return check(filter.apply(value, context, params));
        }

        private static boolean isWide(@Nullable Object pattern) {
            String text = String.valueOf(pattern);
            return text.length() > 60 || WIDE_NUMBER.matcher(text).find();
        }

        private static long length(@Nullable Object value) {
            return value instanceof CharSequence text ? text.length() : 1;
        }
    }
}
