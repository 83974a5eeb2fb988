package io.perennial.accounts.ui;

import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.AuditQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log's filters in the page's address, so that it can be shared. What makes no sense is passed over. */
final class AuditQueryUrl {

    private AuditQueryUrl() {}

    static AuditQuery parse(QueryParameters parameters) {
        String part = text(parameters, "part");
        String person = text(parameters, "person");
        return new AuditQuery(
                part != null && AuditFilters.PARTS.contains(part) ? part : null,
                person != null && person.matches("\\d{1,18}") ? Long.valueOf(person) : null,
                text(parameters, "q"),
                day(parameters, "from"),
                day(parameters, "to"),
                parameters.getParameters().containsKey("operators"));
    }

    static String write(AuditQuery query) {
        List<String> parts = new ArrayList<>();
        put(parts, "q", query.text());
        put(parts, "part", query.feature());
        put(parts, "person", query.actorId());
        put(parts, "from", query.from());
        put(parts, "to", query.until());
        if (query.operators()) {
            parts.add("operators");
        }
        return String.join("&", parts);
    }

    private static void put(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String text(QueryParameters parameters, String name) {
        return parameters
                .getSingleParameter(name)
                .map(String::strip)
                .filter(v -> !v.isEmpty() && v.length() <= 200)
                .orElse(null);
    }

    private static @Nullable LocalDate day(QueryParameters parameters, String name) {
        String text = text(parameters, name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
