package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The condition of a {@link CustomerQuery}, over {@code customer c} and its {@code customer_summary s}. */
final class CustomerListSql {

    /** A search finds at most so many by each of its indexes; who gets more has to type more. */
    private static final int FOUND = 2_000;

    private CustomerListSql() {}

    static SqlFragment where(TenantId tenant, CustomerQuery query) {
        return where(
                tenant,
                query,
                false,
                "EXISTS (SELECT 1 FROM customer_tag g WHERE g.tenant_id = c.tenant_id "
                        + "AND g.customer_id = c.id AND g.tag = ?)");
    }

    /**
     * The same condition for a query that walks along an order and stops after a page. An EXISTS would be made a join that
     * begins with everybody who has the tag; a count is asked of each customer met.
     */
    static SqlFragment whereWalking(TenantId tenant, CustomerQuery query) {
        return where(
                tenant,
                query,
                true,
                "(SELECT COUNT(*) FROM customer_tag g WHERE g.tenant_id = c.tenant_id "
                        + "AND g.customer_id = c.id AND g.tag = ?) > 0");
    }

    private static SqlFragment where(TenantId tenant, CustomerQuery query, boolean walking, String hasTag) {
        List<Object> params = new ArrayList<>();
        StringBuilder sql = new StringBuilder("c.tenant_id = ? AND c.erased_at IS NULL");
        params.add(tenant.value());
        if (query.text() != null) {
            SqlFragment search = search(tenant, query.text().strip());
            sql.append(" AND c.id IN (").append(search.sql()).append(')');
            params.addAll(search.params());
        }
        if (query.hasOrdered() != null) {
            sql.append(
                    query.hasOrdered() ? " AND s.orders > 0" : " AND s.orders = 0" + (walking ? neverToo(query) : ""));
        }
        if (query.mailable() != null) {
            SqlFragment mailable = MailableCustomers.mailable("c", ConsentTopic.NEWS);
            sql.append(query.mailable() ? " AND " : " AND NOT ").append(mailable.sql());
            params.addAll(mailable.params());
        }
        if (query.city() != null) {
            sql.append(" AND c.city = ?");
            params.add(query.city());
        }
        if (query.tag() != null) {
            sql.append(" AND ").append(hasTag);
            params.add(query.tag());
        }
        if (query.orderedWithinDays() != null) {
            sql.append(" AND s.last_order_at >= ?");
            params.add(LocalDateTime.now(Clock.systemUTC()).minusDays(query.orderedWithinDays()));
        }
        if (query.silentForDays() != null) {
            sql.append(" AND s.last_order_at < ?");
            params.add(LocalDateTime.now(Clock.systemUTC()).minusDays(query.silentForDays()));
        }
        return new SqlFragment(sql.toString(), params);
    }

    /** Who never ordered has no last order and no value: said too, so that the index of the order leads to them at once. */
    private static String neverToo(CustomerQuery query) {
        return switch (query.sort()) {
            case NAME -> "";
            case LAST_ORDER -> " AND s.last_order_at IS NULL";
            case VALUE -> " AND s.value = 0";
        };
    }

    /** Whether a query asks for something that only the summary knows. */
    static boolean readsSummary(CustomerQuery query) {
        return query.hasOrdered() != null || query.orderedWithinDays() != null || query.silentForDays() != null;
    }

    /** Whether a query asks for who cannot be mailed, and for nothing else. */
    static boolean asksOnlyWhoCannotBeMailed(CustomerQuery query) {
        return Boolean.FALSE.equals(query.mailable())
                && new CustomerQuery(
                                query.text(),
                                query.hasOrdered(),
                                null,
                                query.city(),
                                query.tag(),
                                query.orderedWithinDays(),
                                query.silentForDays(),
                                query.sort(),
                                query.descending())
                        .isUnfiltered();
    }

    /**
     * The ids of who cannot be mailed about the default topic, each once, by the index of each reason: they are few, and
     * asking everybody costs four look-ups a customer. See {@link MailableCustomers}.
     *
     * @param most how many at most
     */
    static SqlFragment notMailable(TenantId tenant, int most) {
        String here = " c.tenant_id = ? AND c.erased_at IS NULL";
        String limit = " LIMIT " + most + ")";
        String sql = "SELECT id FROM ("
                + "(SELECT c.id FROM customer c FORCE INDEX (uk_customer_email) WHERE" + here + " AND c.email IS NULL"
                + limit
                + " UNION (SELECT c.id FROM consent k FORCE INDEX (ix_consent_topic) STRAIGHT_JOIN customer c "
                + "ON c.tenant_id = k.tenant_id AND c.id = k.customer_id WHERE k.tenant_id = ? AND k.topic = ? "
                + "AND k.status = 'WITHDRAWN' AND" + here + limit
                + " UNION (SELECT c.id FROM customer_pause q STRAIGHT_JOIN customer c ON c.tenant_id = q.tenant_id "
                + "AND c.id = q.customer_id WHERE q.tenant_id = ? AND q.until_at > UTC_TIMESTAMP(6) AND" + here + limit
                // By the address, which has an index. Where the list keeps only a hash, nobody has that address.
                + " UNION (SELECT c.id FROM suppression p STRAIGHT_JOIN customer c ON c.tenant_id = p.tenant_id "
                + "AND c.email = p.email WHERE p.tenant_id = ? AND" + here + limit
                + ") reasons LIMIT " + most;
        long id = tenant.value();
        return SqlFragment.of(sql, id, id, ConsentTopic.NEWS, id, id, id, id, id);
    }

    /** The ids of a page of everybody in a query's order, from the index of that order: tenant twice, limit, offset. */
    static String keys(CustomerQuery query) {
        String way = query.descending() ? " DESC" : " ASC";
        // The erased are few, and asked for once.
        String here =
                " NOT IN (SELECT e.id FROM customer e WHERE e.tenant_id = ? AND e.erased_at IS NOT NULL) ORDER BY ";
        return switch (query.sort()) {
            case NAME ->
                "SELECT c.id FROM customer c FORCE INDEX (ix_customer_name) WHERE c.tenant_id = ? AND c.id" + here
                        + "c.last_name" + way + ", c.first_name" + way + ", c.id" + way + " LIMIT ? OFFSET ?";
            case LAST_ORDER -> keys("ix_customer_summary_last", "last_order_at", here, way);
            case VALUE -> keys("ix_customer_summary_value", "value", here, way);
        };
    }

    private static String keys(String index, String column, String here, String way) {
        return "SELECT s.customer_id AS id FROM customer_summary s FORCE INDEX (" + index
                + ") WHERE s.tenant_id = ? AND s.customer_id" + here + "s." + column + way + ", s.customer_id" + way
                + " LIMIT ? OFFSET ?";
    }

    static String orderBy(CustomerQuery query) {
        String way = query.descending() ? " DESC" : " ASC";
        return switch (query.sort()) {
            case NAME -> "c.last_name" + way + ", c.first_name" + way + ", c.id" + way;
            case LAST_ORDER -> "s.last_order_at" + way + ", s.customer_id" + way;
            case VALUE -> "s.value" + way + ", s.customer_id" + way;
        };
    }

    /** One branch for each index: an OR over all of them would read every customer. */
    private static SqlFragment search(TenantId tenant, String text) {
        List<String> branches = new ArrayList<>();
        List<Object> params = new ArrayList<>();
        String prefix = escape(text) + "%";
        branch(branches, params, tenant, "external_id = ?", text);
        branch(branches, params, tenant, "email LIKE ?", prefix.toLowerCase(java.util.Locale.ROOT));
        if (!text.contains("@")) {
            branch(branches, params, tenant, "last_name LIKE ?", prefix);
            branch(branches, params, tenant, "first_name LIKE ?", prefix);
            int space = text.indexOf(' ');
            if (space > 0) {
                String one = escape(text.substring(0, space)) + "%";
                String two = escape(text.substring(space + 1).strip()) + "%";
                branch(branches, params, tenant, "last_name LIKE ? AND first_name LIKE ?", one, two);
                branch(branches, params, tenant, "last_name LIKE ? AND first_name LIKE ?", two, one);
            }
        }
        return new SqlFragment("SELECT id FROM (" + String.join(" UNION ", branches) + ") found", params);
    }

    private static void branch(
            List<String> branches, List<Object> params, TenantId tenant, String condition, Object... values) {
        branches.add("(SELECT id FROM customer WHERE tenant_id = ? AND " + condition + " LIMIT " + FOUND + ")");
        params.add(tenant.value());
        params.addAll(List.of(values));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
