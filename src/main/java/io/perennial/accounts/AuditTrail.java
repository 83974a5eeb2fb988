package io.perennial.accounts;

import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audit log of the business being worked in, newest first. */
@Service
@PreAuthorize("hasAuthority('audit:read')")
@TenantSql("A list by several filters; each statement names the tenant.")
public class AuditTrail {

    /** How many entries an export reads at a time. */
    private static final int BATCH = 2_000;

    /** Parts of the product whose deeds have more beginnings than their own name. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "customers", List.of("customers", "attributes", "exports", "bulk"), "api", List.of("api", "webhooks"));

    private static final TypeReference<List<AuditChanges.Change>> CHANGES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Businesses businesses;
    private final AuditLog log;

    AuditTrail(JdbcClient jdbc, JsonMapper json, Businesses businesses, AuditLog log) {
        this.jdbc = jdbc;
        this.json = json;
        this.businesses = businesses;
        this.log = log;
    }

    /** A page of entries. */
    @Transactional(readOnly = true)
    public List<AuditEntry> page(AuditQuery query, Pageable page) {
        Where where = where(query);
        return jdbc.sql("SELECT * FROM audit_entry WHERE " + where.sql() + " ORDER BY id DESC LIMIT ? OFFSET ?")
                .params(where.params())
                .param(page.getPageSize())
                .param(page.getOffset())
                .query(this::entry)
                .list();
    }

    /** The people who have entries here, by name, with the name of their latest entry. */
    @Transactional(readOnly = true)
    public List<Actor> actors() {
        return jdbc.sql(
                        "SELECT e.actor_id, e.actor_name FROM audit_entry e JOIN (SELECT MAX(id) AS id FROM audit_entry "
                                + "WHERE tenant_id = ? AND actor_id IS NOT NULL GROUP BY actor_id) latest ON latest.id = e.id "
                                + "WHERE e.tenant_id = ? ORDER BY e.actor_name, e.actor_id LIMIT 500")
                .params(tenant(), tenant())
                .query((rs, n) -> new Actor(rs.getLong(1), rs.getString(2)))
                .list();
    }

    /** Somebody with entries in the log. */
    public record Actor(long id, String name) {}

    /**
     * Hands all entries that fit to {@code each}, newest first, a few thousand in memory at a time; that this was done is
     * an entry itself.
     */
    @Transactional
    public void export(AuditQuery query, Consumer<AuditEntry> each) {
        FreshProof.require();
        log.record(StaffDeed.AUDIT_EXPORTED, null, null);
        Where where = where(query);
        long before = Long.MAX_VALUE;
        List<AuditEntry> batch;
        do {
            batch = jdbc.sql("SELECT * FROM audit_entry WHERE " + where.sql() + " AND id < ? ORDER BY id DESC LIMIT "
                            + BATCH)
                    .params(where.params())
                    .param(before)
                    .query(this::entry)
                    .list();
            batch.forEach(each);
            before = batch.isEmpty() ? before : batch.getLast().id();
        } while (batch.size() == BATCH);
    }

    private record Where(String sql, List<Object> params) {}

    /** Ids grow with time, so days are bounds of the primary key. */
    private Where where(AuditQuery query) {
        StringBuilder sql = new StringBuilder("tenant_id = ?");
        List<Object> params = new ArrayList<>(List.of(tenant()));
        if (query.feature() != null) {
            List<String> prefixes = PARTS.getOrDefault(query.feature(), List.of(query.feature()));
            sql.append(" AND (")
                    .append(String.join(" OR ", Collections.nCopies(prefixes.size(), "deed LIKE ? ESCAPE '!'")))
                    .append(')');
            prefixes.forEach(prefix -> params.add(like(prefix) + ".%"));
        }
        if (query.actorId() != null) {
            sql.append(" AND actor_id = ?");
            params.add(query.actorId());
        }
        if (query.text() != null && !query.text().isBlank()) {
            sql.append(" AND subject_name LIKE ? ESCAPE '!'");
            params.add('%' + like(query.text().strip()) + '%');
        }
        if (query.operators()) {
            sql.append(" AND visit_id > 0");
        }
        if (query.from() != null) {
            sql.append(" AND id >= ?");
            params.add(firstOf(query.from()));
        }
        if (query.until() != null) {
            sql.append(" AND id < ?");
            params.add(firstOf(query.until().plusDays(1)));
        }
        return new Where(sql.toString(), params);
    }

    private long firstOf(LocalDate day) {
        ZoneId zone = businesses.current().zone();
        return TimeOrderedIds.firstAt(day.atStartOfDay(zone).toInstant());
    }

    private AuditEntry entry(ResultSet rs, int row) throws SQLException {
        String changes = rs.getString("changes");
        return new AuditEntry(
                rs.getLong("id"),
                rs.getObject("at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                nullableLong(rs, "actor_id"),
                rs.getString("actor_name"),
                rs.getString("deed"),
                rs.getString("subject_id"),
                rs.getString("subject_name"),
                changes == null ? List.of() : json.readValue(changes, CHANGES),
                rs.getString("origin"),
                rs.getString("visit_reason"));
    }

    private static @Nullable Long nullableLong(ResultSet rs, String column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : value;
    }

    private static String like(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
