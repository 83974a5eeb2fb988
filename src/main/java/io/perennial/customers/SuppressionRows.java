package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes many entries of the suppression list at once, each with its line in the list's history. Joins the caller's
 * transaction, asks for no permission, and does not look whether an entry is stronger than what is there: its callers do.
 */
@Component
@TenantSql("Writes thousands of rows in multi-row statements; each names its tenant.")
public class SuppressionRows {

    private static final int PIECE = 1_000;

    private final JdbcTemplate jdbc;
    private final CustomerChanges changes;
    private final Happenings happenings;

    SuppressionRows(JdbcTemplate jdbc, CustomerChanges changes, Happenings happenings) {
        this.happenings = happenings;
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /** Why an address is not to be mailed, since when, and what shows it. */
    public record Entry(
            EmailAddress address,
            SuppressionReason reason,
            @Nullable String evidence,
            LocalDateTime at) {}

    /** @param entries with each address once; at most a few thousand */
    public void put(TenantId tenant, Collection<Entry> entries) {
        List<Entry> all = List.copyOf(entries);
        for (int from = 0; from < all.size(); from += PIECE) {
            piece(tenant, all.subList(from, Math.min(all.size(), from + PIECE)));
        }
    }

    /** Takes addresses off the list, each with its line in the history. At most a few thousand, each once. */
    void lift(TenantId tenant, Collection<EmailAddress> addresses, SuppressionReason reason, String note) {
        if (addresses.isEmpty()) {
            return;
        }
        Map<String, Long> customers = customers(tenant, addresses);
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("");
        long id = TimeOrderedIds.nextBlock(addresses.size());
        List<@Nullable Object[]> rows = new ArrayList<>(addresses.size());
        List<@Nullable Object[]> history = new ArrayList<>(addresses.size());
        for (EmailAddress address : addresses) {
            byte[] hash = Suppressions.hash(address);
            rows.add(new @Nullable Object[] {tenant.value(), hash, reason.name()});
            history.add(new @Nullable Object[] {
                tenant.value(), id++, hash, customers.get(address.value()), reason.name(), note, by, now
            });
        }
        batch("DELETE FROM suppression WHERE tenant_id = ? AND email_hash = ? AND reason = ?", rows);
        batch(
                "INSERT INTO suppression_change (tenant_id, id, email_hash, customer_id, change_kind, reason, note, "
                        + "by_name, at) VALUES (?, ?, ?, ?, 'LIFTED', ?, ?, ?, ?)",
                history);
        changes.note(tenant, Set.of(CustomerAspect.SUPPRESSION), customers.values());
        happenings.tellOf(
                tenant,
                EventType.SUPPRESSION_LIFTED,
                List.copyOf(customers.values()),
                some -> new EventData.Suppression(some, reason.name()));
    }

    private void piece(TenantId tenant, List<Entry> entries) {
        Map<String, Long> customers =
                customers(tenant, entries.stream().map(Entry::address).toList());
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("");
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        long id = TimeOrderedIds.nextBlock(entries.size());
        List<@Nullable Object[]> rows = new ArrayList<>(entries.size());
        List<@Nullable Object[]> history = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            byte[] hash = Suppressions.hash(entry.address());
            String address = entry.address().value();
            String reason = entry.reason().name();
            rows.add(new @Nullable Object[] {tenant.value(), hash, address, reason, entry.evidence(), entry.at()});
            history.add(new @Nullable Object[] {
                tenant.value(), id++, hash, customers.get(address), reason, entry.evidence(), by, now
            });
        }
        batch(
                "INSERT INTO suppression (tenant_id, email_hash, email, reason, evidence, at) VALUES (?, ?, ?, ?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE email = VALUES(email), reason = VALUES(reason), "
                        + "evidence = VALUES(evidence), at = VALUES(at)",
                rows);
        batch(
                "INSERT INTO suppression_change (tenant_id, id, email_hash, customer_id, change_kind, reason, note, "
                        + "by_name, at) VALUES (?, ?, ?, ?, 'ADDED', ?, ?, ?, ?)",
                history);
        changes.note(tenant, Set.of(CustomerAspect.SUPPRESSION), customers.values());
        tell(tenant, entries, customers);
    }

    private void tell(TenantId tenant, List<Entry> entries, Map<String, Long> customers) {
        if (customers.isEmpty() || !happenings.isHeard(tenant, EventType.SUPPRESSION_ADDED)) {
            return;
        }
        Map<SuppressionReason, List<Long>> byReason = new EnumMap<>(SuppressionReason.class);
        for (Entry entry : entries) {
            Long customer = customers.get(entry.address().value());
            if (customer != null) {
                byReason.computeIfAbsent(entry.reason(), r -> new ArrayList<>()).add(customer);
            }
        }
        byReason.forEach((reason, ids) -> happenings.tellOf(
                tenant, EventType.SUPPRESSION_ADDED, ids, some -> new EventData.Suppression(some, reason.name())));
    }

    private Map<String, Long> customers(TenantId tenant, Collection<EmailAddress> addresses) {
        Map<String, Long> found = new HashMap<>();
        List<Object> params = new ArrayList<>(List.of(tenant.value()));
        addresses.forEach(address -> params.add(address.value()));
        jdbc.query(
                "SELECT email, id FROM customer WHERE tenant_id = ? AND email IN ("
                        + String.join(",", Collections.nCopies(addresses.size(), "?")) + ")",
                rs -> {
                    found.put(rs.getString(1), rs.getLong(2));
                },
                params.toArray());
        return found;
    }

    private void batch(String sql, List<@Nullable Object[]> rows) {
        jdbc.batchUpdate(sql, rows, rows.size(), (statement, row) -> {
            for (int i = 0; i < row.length; i++) {
                statement.setObject(i + 1, row[i]);
            }
        });
    }
}
