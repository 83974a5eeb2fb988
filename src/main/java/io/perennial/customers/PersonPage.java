package io.perennial.customers;

import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.Currency;
import io.perennial.accounts.Business;
import io.perennial.uikit.MessageBundles;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * The copy of one person's data as a page in their language, without anything active in it. Tables and columns that
 * {@code i18n/person} has no words for are ours alone, such as numbers of rows; they are in the JSON.
 */
class PersonPage {

    /** In the business's currency, except an amount beside which another stands. */
    private static final Set<String> MONEY = Set.of("amount", "net_value", "refunded", "clv", "order_amount", "cost");

    private static final Set<String> SUMS = Set.of("customer_month", "customer_summary");
    private static final Set<String> SHARES = Set.of("churn_risk");
    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;"
            + "padding:0 1rem;color:#1b1f1d;background:#fff;color-scheme:light dark}"
            + "h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.125rem;margin:2rem 0 .5rem}"
            + ".rows{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
            + "th,td{padding:.35rem 1.25rem .35rem 0;text-align:start;vertical-align:top;border-bottom:1px solid #d5dad7}"
            + "th{font-weight:600;white-space:nowrap}td{overflow-wrap:anywhere;min-width:5rem}p{max-width:70ch}"
            + "@media(prefers-color-scheme:dark){body{color:#e6eae8;background:#161a18}th,td{border-color:#3a413d}}";

    private final Business business;
    private final Locale locale;

    PersonPage(Business business, Locale locale) {
        this.business = business;
        this.locale = locale;
    }

    String of(String name, Instant asOf, Map<String, List<Map<String, Object>>> rows) {
        String title = words("title", name, business.name());
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=\"")
                .append(locale.toLanguageTag())
                .append(
                        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><main><h1>")
                .append(escaped(title))
                .append("</h1>");
        paragraph(
                html,
                words(
                        "lead",
                        business.name(),
                        time(LocalDateTime.ofInstant(asOf, ZoneOffset.UTC)),
                        business.zone().getId()));
        paragraph(html, words("whole"));
        Optional.ofNullable(business.replyTo())
                .or(() -> Optional.ofNullable(business.senderEmail()))
                .ifPresent(address -> paragraph(html, words("contact", address)));
        rows.forEach((table, some) -> table(html, table, some));
        return html.append("</main></body></html>").toString();
    }

    private void table(StringBuilder html, String table, List<Map<String, Object>> rows) {
        Optional<String> title = found("table." + table);
        Set<String> columns = rows.stream()
                .flatMap(row -> row.keySet().stream())
                .filter(column -> found("column." + column).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (title.isEmpty() || columns.isEmpty()) {
            return;
        }
        html.append("<section><h2>")
                .append(escaped(title.get()))
                .append("</h2><div class=\"rows\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(escaped(title.get()))
                .append("\"><table>");
        if (rows.size() == 1) { // read down, as one thing with its parts
            for (String column : columns) {
                html.append("<tr><th scope=\"row\">")
                        .append(escaped(words("column." + column)))
                        .append("</th>");
                cell(html, table, column, rows.getFirst());
                html.append("</tr>");
            }
        } else {
            html.append("<tr>");
            columns.forEach(column -> html.append("<th scope=\"col\">")
                    .append(escaped(words("column." + column)))
                    .append("</th>"));
            html.append("</tr>");
            for (Map<String, Object> row : rows) {
                html.append("<tr>");
                columns.forEach(column -> cell(html, table, column, row));
                html.append("</tr>");
            }
        }
        html.append("</table></div></section>");
    }

    private void cell(StringBuilder html, String table, String column, Map<String, Object> row) {
        Object value = row.get(column);
        html.append("<td>")
                .append(value == null ? "" : escaped(text(table, column, value, row)))
                .append("</td>");
    }

    private String text(String table, String column, Object value, Map<String, Object> row) {
        return switch (value) {
            case Boolean answer -> words(answer ? "yes" : "no");
            case Number number
            when MONEY.contains(column) || (column.equals("value") && SUMS.contains(table)) ->
                money(number, column.equals("amount") ? row.get("currency") : null);
            case Number number
            when SHARES.contains(column) ->
                NumberFormat.getPercentInstance(locale).format(number);
            case Number number -> number(number);
            default -> text(column, value.toString());
        };
    }

    private String text(String column, String text) {
        if (column.equals("country")) {
            return Locale.of("", text).getDisplayCountry(locale);
        }
        if (column.equals("locale")) {
            return Locale.forLanguageTag(text).getDisplayLanguage(locale);
        }
        try {
            if (column.equals("at") || column.endsWith("_at")) {
                return time(LocalDateTime.parse(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text));
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .format(LocalDate.parse(text));
            }
        } catch (DateTimeException e) {
            return text;
        }
        return text.matches("[A-Za-z_]{2,20}")
                ? found("value." + text.toLowerCase(Locale.ROOT)).orElse(text)
                : text;
    }

    private String time(LocalDateTime utc) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(business.zone()));
    }

    private String number(Number number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(6);
        return format.format(number);
    }

    private String money(Number number, @Nullable Object currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(
                Currency.getInstance(currency == null ? business.currency().getCurrencyCode() : currency.toString()));
        return format.format(number);
    }

    private Optional<String> found(String key) {
        try {
            return Optional.of(words(key));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }

    private String words(String key, Object... params) {
        return MessageBundles.text("person." + key, locale, params);
    }

    private static void paragraph(StringBuilder html, String text) {
        html.append("<p>").append(escaped(text)).append("</p>");
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
