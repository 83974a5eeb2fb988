package io.perennial.segments;

import io.perennial.segments.OrderFilter.Among;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the articles that a filter names by category or product, from the index by article. The numbers of the articles
 * are looked up beforehand, so that of each only the days asked for are read; of very many, or where nobody looked, the
 * articles are joined, and of each all its days are passed.
 */
final class ArticlesSql {

    private final SqlBuilder sql;
    private final RuleContext context;
    private final OrderFilter filter;
    private final @Nullable List<Long> articles;

    ArticlesSql(SqlBuilder sql, RuleContext context, OrderFilter filter) {
        this.sql = sql;
        this.context = context;
        this.filter = filter;
        this.articles = context.scope().articles(context.tenant(), filter).orElse(null);
    }

    /** Whether a filter names categories or products, so that its lines are few. */
    static boolean names(OrderFilter filter) {
        return names(filter.categories()) || names(filter.products());
    }

    private static boolean names(@Nullable Among among) {
        return among != null && !among.excluded();
    }

    /** Behind FROM: the lines as {@code l}. */
    void tables() {
        sql.add(articles == null ? "article a STRAIGHT_JOIN " : "")
                .add("order_line l FORCE INDEX (ix_order_line_article)");
    }

    /** Behind WHERE or AND. */
    void conditions() {
        long tenant = context.tenant().value();
        sql.add("l.tenant_id = ?", tenant);
        if (articles == null) {
            sql.add(" AND a.tenant_id = ? AND l.article_id = a.id", tenant);
            texts(sql, "a", filter);
        } else if (articles.isEmpty()) {
            sql.add(" AND l.article_id = -1"); // none has it
        } else {
            sql.add(" AND l.article_id IN ").list(articles);
        }
    }

    /** AND what the filter says of categories and products, of a table that has these texts. */
    static void texts(SqlBuilder sql, String table, OrderFilter filter) {
        Among categories = filter.categories();
        if (categories != null) {
            sql.add(" AND (" + table + ".category ")
                    .add(categories.excluded() ? "IS NULL OR " + table + ".category NOT IN " : "IN ")
                    .list(categories.values())
                    .add(")");
        }
        Among products = filter.products();
        if (products != null) {
            sql.add(products.excluded() ? " AND NOT (" : " AND (")
                    .add(table + ".product IN ")
                    .list(products.values())
                    .add(" OR (" + table + ".sku IS NOT NULL AND " + table + ".sku IN ")
                    .list(products.values())
                    .add("))");
        }
    }
}
