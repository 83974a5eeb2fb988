package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.accounts.FreshProof;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everything kept about one customer, to be handed to them on request: for machines and for people. */
@Service
public class PersonExport {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Customers customers;
    private final Suppressions suppressions;
    private final PersonalTables tables;
    private final Businesses businesses;

    PersonExport(Customers customers, Suppressions suppressions, PersonalTables tables, Businesses businesses) {
        this.customers = customers;
        this.suppressions = suppressions;
        this.tables = tables;
        this.businesses = businesses;
    }

    /**
     * As JSON: who keeps it, since when it is true, and the rows by table.
     *
     * @throws CustomerNotFound if there is no such customer here
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:export')")
    public String json(CustomerId customer) {
        FreshProof.require();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("business", businesses.current().name());
        all.put("asOf", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("data", rows(customer));
        return JSON.writeValueAsString(all);
    }

    /**
     * As a page without anything active in it.
     *
     * @throws CustomerNotFound if there is no such customer here
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:export')")
    public String page(CustomerId customer) {
        FreshProof.require();
        String title = t(
                "customers.export_title",
                customers.require(customer).displayName(),
                businesses.current().name());
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
                .append(HtmlUtils.htmlEscape(title))
                .append(
                        "</title><style>body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em}"
                                + "table{border-collapse:collapse;margin:0 0 2em}td,th{border:1px solid #bbb;padding:.3em .6em;"
                                + "text-align:left;vertical-align:top}</style><h1>")
                .append(HtmlUtils.htmlEscape(title))
                .append("</h1><p>")
                .append(HtmlUtils.htmlEscape(t("customers.export_lead")))
                .append("</p>");
        rows(customer).forEach((table, rows) -> table(html, table, rows));
        return html.append("</html>").toString();
    }

    private static void table(StringBuilder html, String name, List<Map<String, Object>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        html.append("<h2>").append(words(name)).append("</h2><table><tr>");
        columns.forEach(column -> html.append("<th>").append(words(column)).append("</th>"));
        html.append("</tr>");
        for (Map<String, Object> row : rows) {
            html.append("<tr>");
            for (String column : columns) {
                Object value = row.get(column);
                html.append("<td>")
                        .append(value == null ? "" : HtmlUtils.htmlEscape(value.toString()))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</table>");
    }

    private static String words(String identifier) {
        return HtmlUtils.htmlEscape(identifier.replace('_', ' '));
    }

    private Map<String, List<Map<String, Object>>> rows(CustomerId id) {
        Customer customer = customers.require(id);
        Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>(tables.rows(id));
        Optional.ofNullable(customer.email())
                .flatMap(EmailAddress::parse)
                .flatMap(suppressions::entry)
                .ifPresent(entry -> rows.put("suppression", List.of(suppression(entry))));
        rows.values().removeIf(List::isEmpty);
        return rows;
    }

    private static Map<String, Object> suppression(Suppression entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("reason", entry.reason().name());
        String evidence = entry.evidence();
        if (evidence != null) {
            row.put("evidence", evidence);
        }
        row.put("at", entry.at().toString());
        return row;
    }
}
