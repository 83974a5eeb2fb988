package io.perennial.content.rendering;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import liqp.TemplateContext;
import liqp.nodes.LNode;
import org.jspecify.annotations.Nullable;

/** An output as text: a date as people write it, a number without needless zeros, and escaped where it meets HTML. */
final class EscapedNode implements LNode {

    private final LNode output;
    private final boolean escaping;
    private final Locale locale;

    EscapedNode(LNode output, boolean escaping, Locale locale) {
        this.output = output;
        this.escaping = escaping;
        this.locale = locale;
    }

    @Override
    public Object render(TemplateContext context) {
        String text = Literals.unmarked(text(output.render(context), locale));
        return escaping ? escape(text) : text;
    }

    static String text(@Nullable Object value, Locale locale) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            case Instant at -> date(at.atOffset(ZoneOffset.UTC), locale);
            case TemporalAccessor date when date.isSupported(ChronoField.EPOCH_DAY) -> date(date, locale);
            case Collection<?> many -> {
                StringBuilder all = new StringBuilder();
                many.forEach(one -> all.append(text(one, locale)));
                yield all.toString();
            }
            case Map<?, ?> map -> "";
            default ->
                value.getClass().isArray() ? text(java.util.List.of((Object[]) value), locale) : value.toString();
        };
    }

    static String date(TemporalAccessor date, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(date);
    }

    /** Safe as text and in a quoted attribute. */
    static String escape(String text) {
        int at = 0;
        while (at < text.length() && entity(text.charAt(at)) == null) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            String entity = entity(c);
            if (entity == null) {
                out.append(c);
            } else {
                out.append(entity);
            }
        }
        return out.toString();
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }
}
