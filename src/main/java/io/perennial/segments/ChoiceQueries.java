package io.perennial.segments;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds values in use while a person types, without ever reading a whole table: where an index begins with the value, it
 * is skipped through from one value to the next; elsewhere the latest rows are looked at. What is typed need not be among
 * those offered.
 */
@Component
@TenantSql("Distinct values of single columns; every statement names the tenant.")
class ChoiceQueries {

    /** Rows looked at where no index knows the values. */
    private static final int LATEST = 20_000;

    /** A value's customers are counted up to here, so that one value that everybody has costs no more than others. */
    static final int COUNTED = 10_000;

    /** Values that are offered at most; whoever seeks another types more of it. */
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    ChoiceQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Choice> find(ChoiceOf of, String part, int offset, int limit) {
        return switch (of) {
            case CITY -> indexed("customer", "city", part, offset, limit);
            case TAG -> indexed("customer_tag", "tag", part, offset, limit);
            case CATEGORY -> categories(part, offset, limit);
            case COUNTRY -> latest("customer", "id", "country", part, offset, limit);
            case LOCALE -> latest("customer", "id", "locale", part, offset, limit);
            case ZONE -> latest("customer", "id", "zone", part, offset, limit);
            case GENDER -> latest("customer", "id", "gender", part, offset, limit);
            case PRODUCT -> latest("order_line", "order_id", "product", part, offset, limit);
            case TOPIC ->
                jdbc.sql("SELECT code, name FROM consent_topic WHERE tenant_id = ? AND name LIKE ? ESCAPE '!' "
                                + "ORDER BY position, name LIMIT ? OFFSET ?")
                        .params(tenant(), "%" + beginning(part), limit, offset)
                        .query((rs, n) -> new Choice(rs.getString(1), rs.getString(2)))
                        .list();
        };
    }

    List<Choice> texts(long attribute, String part, int offset, int limit) {
        return skipThrough(
                        "customer_text WHERE tenant_id = ? AND attribute_id = ?",
                        "value",
                        part,
                        offset,
                        limit,
                        attribute)
                .stream()
                .map(value -> new Choice(value, value))
                .toList();
    }

    /** Of a column that stands behind the tenant in an index. */
    private List<Choice> indexed(String table, String column, String part, int offset, int limit) {
        return skipThrough(table + " WHERE tenant_id = ?", column, part, offset, limit).stream()
                .map(value -> new Choice(value, value, counted(table, column, value)))
                .toList();
    }

    /** Of articles; who is offered one has lines of it, which an import that was taken back has not. */
    private List<Choice> categories(String part, int offset, int limit) {
        return skipThrough("article WHERE tenant_id = ?", "category", part, offset, limit).stream()
                .map(value -> new Choice(value, value, lines(value)))
                .filter(choice -> !Objects.equals(choice.count(), 0L))
                .toList();
    }

    private long lines(String category) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM article a STRAIGHT_JOIN order_line l "
                        + "FORCE INDEX (ix_order_line_article) WHERE a.tenant_id = ? AND a.category = ? "
                        + "AND l.tenant_id = ? AND l.article_id = a.id LIMIT " + COUNTED + ") x")
                .params(tenant(), category, tenant())
                .query(Long.class)
                .single();
    }

    /**
     * The next value behind the last one, one by one: a look into the index each. DISTINCT would read every row that has
     * one of them (8 s for the categories of 11,000,000 lines).
     */
    private List<String> skipThrough(String source, String column, String part, int offset, int limit, Object... more) {
        List<String> found = new ArrayList<>();
        String beginning = part.isEmpty() ? "" : " AND " + column + " LIKE ? ESCAPE '!'";
        String sql = "SELECT " + column + " FROM " + source + beginning + " AND " + column + " > ? ORDER BY " + column
                + " LIMIT 1";
        String last = "";
        while (found.size() < Math.min(offset + limit, MOST)) {
            List<Object> params = new ArrayList<>(List.of(tenant()));
            params.addAll(List.of(more));
            if (!part.isEmpty()) {
                params.add(beginning(part));
            }
            params.add(last);
            Optional<String> next =
                    jdbc.sql(sql).params(params).query(String.class).optional();
            if (next.isEmpty()) {
                break;
            }
            last = next.get();
            found.add(last);
        }
        return found.subList(Math.min(offset, found.size()), found.size());
    }

    private long counted(String table, String column, String value) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM " + table + " WHERE tenant_id = ? AND " + column
                        + " = ? LIMIT " + COUNTED + ") x")
                .params(tenant(), value)
                .query(Long.class)
                .single();
    }

    /** Of the rows with the largest keys. */
    private List<Choice> latest(String table, String key, String column, String part, int offset, int limit) {
        return jdbc.sql("SELECT v FROM (SELECT " + column + " AS v FROM " + table + " WHERE tenant_id = ? ORDER BY "
                        + key
                        + " DESC LIMIT " + LATEST
                        + ") x WHERE v LIKE ? ESCAPE '!' GROUP BY v ORDER BY COUNT(*) DESC, v "
                        + "LIMIT ? OFFSET ?")
                .params(tenant(), "%" + beginning(part), limit, offset)
                .query((rs, n) -> new Choice(rs.getString(1), rs.getString(1)))
                .list();
    }

    private static String beginning(String part) {
        return part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
