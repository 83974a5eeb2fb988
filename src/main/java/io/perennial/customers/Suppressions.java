package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Addresses that are never mailed, whatever imports, merges and restores say. Kept by hash, so an erased person stays
 * on the list while the address itself is gone.
 */
@Service
@TenantSql("A ledger keyed by hash, asked for by every sending; there is no entity to load.")
public class Suppressions {

    private final JdbcClient jdbc;
    private final CustomerChanges changes;
    private final SuppressionRows rows;
    private final Happenings happenings;

    Suppressions(JdbcClient jdbc, CustomerChanges changes, SuppressionRows rows, Happenings happenings) {
        this.happenings = happenings;
        this.jdbc = jdbc;
        this.rows = rows;
        this.changes = changes;
    }

    /** Puts an address on the list, or strengthens the reason why it is there. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void suppress(EmailAddress email, SuppressionReason reason, @Nullable String evidence) {
        put(email, reason, evidence);
    }

    /**
     * Puts the addresses of customers on the list who are not on it for any reason; those without an address are passed
     * over.
     *
     * @param customers at most a few thousand
     * @return who those were
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public Set<Long> suppressAll(Collection<Long> customers, SuppressionReason reason, @Nullable String evidence) {
        if (customers.isEmpty()) {
            return Set.of();
        }
        TenantId tenant = CurrentTenant.require();
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        Map<Long, SuppressionRows.Entry> entries = new LinkedHashMap<>();
        jdbc.sql("SELECT c.id, c.email FROM customer c LEFT JOIN suppression s ON s.tenant_id = c.tenant_id "
                        + "AND s.email_hash = UNHEX(SHA2(LOWER(c.email), 256)) WHERE c.tenant_id = ? "
                        + "AND c.erased_at IS NULL AND c.email IS NOT NULL AND s.email_hash IS NULL AND c.id IN ("
                        + String.join(",", Collections.nCopies(customers.size(), "?")) + ")")
                .param(tenant.value())
                .params(List.copyOf(customers))
                .query(rs -> {
                    long customer = rs.getLong(1);
                    EmailAddress.parse(rs.getString(2))
                            .ifPresent(address -> entries.put(
                                    customer,
                                    new SuppressionRows.Entry(
                                            address,
                                            reason,
                                            evidence != null && evidence.length() > 1000
                                                    ? evidence.substring(0, 1000)
                                                    : evidence,
                                            now)));
                });
        rows.put(tenant, entries.values());
        return Set.copyOf(entries.keySet());
    }

    /**
     * Takes the addresses of customers off the list that staff had put there with these words, if nothing was changed
     * about them since.
     *
     * @param customers at most a few thousand
     * @param upTo a time-ordered id: what the list's history tells of later counts as a change
     * @param note kept in the list's history
     * @return how many those were
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public int liftAll(Collection<Long> customers, String evidence, long upTo, String note) {
        if (customers.isEmpty()) {
            return 0;
        }
        TenantId tenant = CurrentTenant.require();
        List<EmailAddress> addresses = jdbc
                .sql("SELECT c.email FROM customer c JOIN suppression s ON s.tenant_id = c.tenant_id "
                        + "AND s.email_hash = UNHEX(SHA2(LOWER(c.email), 256)) WHERE c.tenant_id = ? "
                        + "AND c.erased_at IS NULL AND s.reason = 'MANUAL' AND s.evidence = ? AND NOT EXISTS "
                        + "(SELECT 1 FROM suppression_change h WHERE h.tenant_id = s.tenant_id "
                        + "AND h.email_hash = s.email_hash AND h.id > ?) AND c.id IN ("
                        + String.join(",", Collections.nCopies(customers.size(), "?")) + ")")
                .params(tenant.value(), evidence, upTo)
                .params(List.copyOf(customers))
                .query((rs, n) -> rs.getString(1))
                .list()
                .stream()
                .flatMap(address -> EmailAddress.parse(address).stream())
                .toList();
        rows.lift(tenant, addresses, SuppressionReason.MANUAL, note);
        return addresses.size();
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public boolean isSuppressed(EmailAddress email) {
        return entry(email).isPresent();
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<Suppression> find(EmailAddress email) {
        return entry(email);
    }

    /**
     * Takes an address off the list that staff had put there.
     *
     * @return whether it was on the list by hand; an address that left, complained, bounced or was erased stays
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public boolean liftManual(EmailAddress email) {
        return remove(email, SuppressionReason.MANUAL, null);
    }

    /** Without a check of authority: for the customer's own pages, inside this module. */
    void put(EmailAddress email, SuppressionReason reason, @Nullable String evidence) {
        Optional<Suppression> before = entry(email);
        if (before.isEmpty() || before.get().reason().compareTo(reason) < 0) {
            putBack(email, new Suppression(reason, evidence, Instant.now()));
        }
    }

    /** Puts an entry there as it was, whatever is there now. */
    void putBack(EmailAddress email, Suppression entry) {
        TenantId tenant = CurrentTenant.require();
        SuppressionReason reason = entry.reason();
        String evidence = entry.evidence();
        jdbc.sql(
                        "INSERT INTO suppression (tenant_id, email_hash, email, reason, evidence, at) VALUES (?, ?, ?, ?, ?, ?) "
                                + "ON DUPLICATE KEY UPDATE email = VALUES(email), reason = VALUES(reason), "
                                + "evidence = VALUES(evidence), at = VALUES(at)")
                .param(tenant.value())
                .param(hash(email))
                .param(reason == SuppressionReason.ERASED ? null : email.value())
                .param(reason.name())
                .param(evidence != null && evidence.length() > 1000 ? evidence.substring(0, 1000) : evidence)
                .param(LocalDateTime.ofInstant(entry.at(), ZoneOffset.UTC))
                .update();
        noteChange(tenant, email, "ADDED", reason, evidence);
    }

    /** Takes an address off the list whatever put it there, with why; whether it was there. */
    boolean lift(EmailAddress email, String note) {
        Optional<Suppression> before = entry(email);
        return before.isPresent() && remove(email, before.get().reason(), note);
    }

    /** An address suppressed may be a customer's. */
    private void noteChange(
            TenantId tenant, EmailAddress email, String kind, SuppressionReason reason, @Nullable String note) {
        List<Long> customers = jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND email = ?")
                .params(tenant.value(), email.value())
                .query((rs, n) -> rs.getLong(1))
                .list();
        changes.note(tenant, Set.of(CustomerAspect.SUPPRESSION), customers);
        happenings.tellOf(
                tenant,
                kind.equals("ADDED") ? EventType.SUPPRESSION_ADDED : EventType.SUPPRESSION_LIFTED,
                customers,
                ids -> new EventData.Suppression(ids, reason.name()));
        jdbc.sql("INSERT INTO suppression_change (tenant_id, id, email_hash, customer_id, change_kind, reason, note, "
                        + "by_name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), TimeOrderedIds.next(), hash(email))
                .param(customers.isEmpty() ? null : customers.getFirst())
                .params(kind, reason.name())
                .param(note != null && note.length() > 1000 ? note.substring(0, 1000) : note)
                .param(CurrentStaff.actorName().orElse(""))
                .param(LocalDateTime.now(Clock.systemUTC()))
                .update();
    }

    /** The customer came back by themselves: what they had asked for is undone, nothing else. */
    void returned(EmailAddress email) {
        remove(email, SuppressionReason.UNSUBSCRIBED, null);
    }

    Optional<Suppression> entry(EmailAddress email) {
        return jdbc.sql("SELECT reason, evidence, at FROM suppression WHERE tenant_id = ? AND email_hash = ?")
                .param(CurrentTenant.require().value())
                .param(hash(email))
                .query((rs, n) -> new Suppression(
                        SuppressionReason.valueOf(rs.getString(1)),
                        rs.getString(2),
                        rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .optional();
    }

    private boolean remove(EmailAddress email, SuppressionReason reason, @Nullable String note) {
        TenantId tenant = CurrentTenant.require();
        boolean removed = jdbc.sql("DELETE FROM suppression WHERE tenant_id = ? AND email_hash = ? AND reason = ?")
                        .param(tenant.value())
                        .param(hash(email))
                        .param(reason.name())
                        .update()
                > 0;
        if (removed) {
            noteChange(tenant, email, "LIFTED", reason, note);
        }
        return removed;
    }

    /** SHA-256 of the lower-case address: what MySQL's {@code UNHEX(SHA2(email, 256))} gives. */
    static byte[] hash(EmailAddress email) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(email.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
