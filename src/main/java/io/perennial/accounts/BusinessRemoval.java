package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Removes businesses whose time to change their mind is over: every row of every table that has a {@code tenant_id}, as
 * the database's own catalogue lists them, their files, and the people who work nowhere else. In small steps, each a
 * transaction, so that the others work on meanwhile; broken off, it is gone on with by any node.
 */
@Component
@TenantSql("Removes all rows of one business; each statement names it. The tables come from the database's catalogue.")
class BusinessRemoval {

    private static final Logger log = LoggerFactory.getLogger(BusinessRemoval.class);
    private static final int STEP = 2_000;
    private static final int MOST_PASSES = 50;

    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final List<BusinessFiles> files;
    private final JsonMapper json;

    BusinessRemoval(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            List<BusinessFiles> files,
            JsonMapper json,
            ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.files = files;
        this.json = json;
    }

    /** Removes all whose time has come. */
    void removeDue() {
        for (long id : jdbc.sql(
                        "SELECT id FROM business WHERE delete_at < UTC_TIMESTAMP(6) ORDER BY delete_at LIMIT 20")
                .query(Long.class)
                .list()) {
            TenantId tenant = new TenantId(id);
            try {
                if (claim(tenant)) {
                    remove(tenant);
                }
            } catch (RuntimeException e) {
                events.publishEvent(new WorkFailed(
                        "accounts/business-removal", "business " + tenant + ", which is tried again", e));
            }
        }
    }

    private boolean claim(TenantId tenant) {
        return jdbc.sql("UPDATE business SET delete_beat_at = UTC_TIMESTAMP(6) WHERE id = ? "
                                + "AND delete_at < UTC_TIMESTAMP(6) AND (delete_beat_at IS NULL "
                                + "OR delete_beat_at < UTC_TIMESTAMP(6) - INTERVAL 15 MINUTE)")
                        .param(tenant.value())
                        .update()
                > 0;
    }

    private record Gone(String name, Optional<String> askedBy) {}

    private void remove(TenantId tenant) {
        Gone gone = jdbc.sql("SELECT name, delete_asked_by FROM business WHERE id = ?")
                .param(tenant.value())
                .query((rs, n) -> new Gone(rs.getString(1), Optional.ofNullable(rs.getString(2))))
                .single();
        Map<String, Long> removed = new LinkedHashMap<>();
        List<Long> people = jdbc.sql("SELECT account_id FROM membership WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, n) -> rs.getLong(1))
                .list();
        files.forEach(each -> each.removeAll(tenant));
        List<String> tables = tables();
        int passes = 0;
        while (pass(tenant, tables, removed) > 0) {
            if (++passes > MOST_PASSES) {
                throw new IllegalStateException("Rows of business " + tenant + " keep coming");
            }
        }
        int deleted = transaction.execute(status -> {
            int accounts = people.stream().mapToInt(this::removeIfNowhereElse).sum();
            jdbc.sql("DELETE FROM business WHERE id = ?").param(tenant.value()).update();
            jdbc.sql("INSERT INTO business_removed (id, business_id, name, asked_by, removed_at, row_count, tables, "
                            + "people) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), ?, ?, ?)")
                    .param(TimeOrderedIds.next())
                    .param(tenant.value())
                    .param(gone.name())
                    .param(gone.askedBy().orElse(null))
                    .param(removed.values().stream().mapToLong(Long::longValue).sum())
                    .param(json.writeValueAsString(removed))
                    .param(accounts)
                    .update();
            return accounts;
        });
        // Tables without a foreign key may have got a row until the business itself was gone.
        pass(tenant, tables, removed);
        log.info("Removed business {}: {} rows, {} people", tenant, sum(removed), deleted);
    }

    /** Each table once, those first that others do not point at. */
    private long pass(TenantId tenant, List<String> tables, Map<String, Long> removed) {
        long rows = 0;
        for (String table : tables) {
            try {
                int step;
                do {
                    beat(tenant);
                    step = jdbc.sql("DELETE FROM `" + table + "` WHERE tenant_id = ? LIMIT " + STEP)
                            .param(tenant.value())
                            .update();
                    rows += step;
                    if (step > 0) {
                        removed.merge(table, (long) step, Long::sum);
                    }
                } while (step == STEP);
            } catch (DataIntegrityViolationException stillPointedAt) {
                rows++; // the tables that point here come later in this pass; the next one gets on
                log.debug("{} waits for the tables that point at it", table);
            }
        }
        return rows;
    }

    private void beat(TenantId tenant) {
        jdbc.sql("UPDATE business SET delete_beat_at = UTC_TIMESTAMP(6) WHERE id = ?")
                .param(tenant.value())
                .update();
    }

    private int removeIfNowhereElse(long account) {
        return jdbc.sql("DELETE /* all tenants */ FROM staff_account WHERE id = ? AND NOT operator "
                        + "AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.account_id = staff_account.id)")
                .param(account)
                .update();
    }

    private record Points(String from, String to) {}

    /** Every table with a tenant, so that what points comes before what is pointed at, as far as there is an order. */
    private List<String> tables() {
        List<String> left = new ArrayList<>(jdbc.sql("SELECT c.table_name FROM information_schema.columns c "
                        + "JOIN information_schema.tables t ON t.table_schema = c.table_schema "
                        + "AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' "
                        + "WHERE c.table_schema = DATABASE() AND c.column_name = 'tenant_id' ORDER BY c.table_name")
                .query(String.class)
                .list());
        List<Points> points = jdbc.sql("SELECT DISTINCT table_name, referenced_table_name "
                        + "FROM information_schema.key_column_usage WHERE table_schema = DATABASE() "
                        + "AND referenced_table_name IS NOT NULL AND referenced_table_name <> table_name")
                .query((rs, n) -> new Points(rs.getString(1), rs.getString(2)))
                .list();
        List<String> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> free = left.stream()
                    .filter(table -> points.stream().noneMatch(p -> p.to().equals(table) && left.contains(p.from())))
                    .toList();
            List<String> next = free.isEmpty() ? List.copyOf(left) : free;
            ordered.addAll(next);
            left.removeAll(next);
        }
        return Collections.unmodifiableList(ordered);
    }

    private static long sum(Map<String, Long> removed) {
        return removed.values().stream().mapToLong(Long::longValue).sum();
    }
}
