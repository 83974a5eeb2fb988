package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The suppression list as staff see it: read page by page, added to by hand, and lifted with a reason. */
@Service
@TenantSql("Pages over a ledger keyed by hash, along an index.")
public class SuppressionList {

    /** Counts go no further. */
    public static final int COUNT_LIMIT = 10_000;
    /** Addresses pasted at once; more come as a file. */
    public static final int MOST_AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final Suppressions suppressions;

    SuppressionList(JdbcClient jdbc, Suppressions suppressions) {
        this.jdbc = jdbc;
        this.suppressions = suppressions;
    }

    /**
     * What became of pasted addresses.
     *
     * @param unread lines in which there is no address, the first of them
     */
    public record Added(int added, int already, List<String> unread, int unreadCount) {}

    /** A page, the latest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<SuppressedAddress> list(SuppressionQuery query, long offset, int limit) {
        SqlFragment where = where(query);
        return jdbc.sql(
                        "SELECT s.email, s.reason, s.evidence, s.at, c.id FROM (SELECT email, reason, evidence, at, tenant_id "
                                + "FROM suppression WHERE " + where.sql() + " ORDER BY at DESC LIMIT ? OFFSET ?) s "
                                + "LEFT JOIN customer c ON c.tenant_id = s.tenant_id AND c.email = s.email AND c.erased_at IS NULL "
                                + "ORDER BY s.at DESC")
                .params(where.params())
                .params(limit, offset)
                .query((rs, n) -> {
                    long customer = rs.getLong(5);
                    return new SuppressedAddress(
                            rs.getString(1),
                            SuppressionReason.valueOf(rs.getString(2)),
                            rs.getString(3),
                            rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                            customer == 0 ? null : new CustomerId(customer));
                })
                .list();
    }

    /** How many there are, at most {@link #COUNT_LIMIT} + 1. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public int count(SuppressionQuery query) {
        SqlFragment where = where(query);
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM suppression WHERE " + where.sql() + " LIMIT "
                        + (COUNT_LIMIT + 1) + ") some")
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    /**
     * Puts pasted addresses on the list, one a line or separated by commas, semicolons or blanks.
     *
     * @throws IllegalArgumentException if there are more than {@link #MOST_AT_ONCE}
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public Added add(String pasted, @Nullable String evidence) {
        Set<EmailAddress> addresses = new LinkedHashSet<>();
        List<String> unread = new ArrayList<>();
        int unreadCount = 0;
        for (String word : pasted.split("[\\s,;]+")) {
            if (word.isBlank()) {
                continue;
            }
            var address = EmailAddress.parse(word.replaceAll("^<|>$", ""));
            if (address.isPresent()) {
                addresses.add(address.get());
            } else {
                unreadCount++;
                if (unread.size() < 10) {
                    unread.add(word.length() > 80 ? word.substring(0, 80) + "…" : word);
                }
            }
        }
        if (addresses.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("More than " + MOST_AT_ONCE);
        }
        int added = 0;
        for (EmailAddress address : addresses) {
            if (suppressions.entry(address).isEmpty()) {
                suppressions.put(address, SuppressionReason.MANUAL, evidence);
                added++;
            }
        }
        return new Added(added, addresses.size() - added, unread, unreadCount);
    }

    /** Whether lifting this needs an admin and the address typed out: the person themselves, or the law, said no. */
    public static boolean isGrave(SuppressionReason reason) {
        return reason == SuppressionReason.COMPLAINED || reason == SuppressionReason.UNSUBSCRIBED;
    }

    /**
     * Takes an address off the list; who was erased stays.
     *
     * @param why kept on the customer's timeline
     * @param typed the address again, where {@link #isGrave}
     * @return whether it was on the list
     * @throws IllegalArgumentException if there is no reason, or the address was not typed where it has to be
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public boolean lift(EmailAddress email, String why, String typed) {
        if (why.isBlank()) {
            throw new IllegalArgumentException("No reason");
        }
        Suppression entry = suppressions.entry(email).orElse(null);
        if (entry == null || entry.reason() == SuppressionReason.ERASED) {
            return false;
        }
        if (isGrave(entry.reason())) {
            if (!CurrentStaff.may(Permission.SETTINGS_WRITE)) {
                throw new AccessDeniedException("Only an admin lifts what the person asked for");
            }
            if (!typed.strip().equalsIgnoreCase(email.value())) {
                throw new IllegalArgumentException("Not confirmed");
            }
        }
        return suppressions.lift(email, why.strip());
    }

    private static SqlFragment where(SuppressionQuery query) {
        List<Object> params = new ArrayList<>();
        StringBuilder sql = new StringBuilder("tenant_id = ?");
        params.add(CurrentTenant.require().value());
        if (query.reason() != null) {
            sql.append(" AND reason = ?");
            params.add(query.reason().name());
        }
        if (query.text() != null && !query.text().isBlank()) {
            String text = query.text().strip().toLowerCase(Locale.ROOT);
            var whole = EmailAddress.parse(text);
            if (whole.isPresent()) { // found even where only its hash is kept
                sql.append(" AND email_hash = ?");
                params.add(Suppressions.hash(whole.get()));
            } else {
                sql.append(" AND email LIKE ? ESCAPE '!'");
                params.add(text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
            }
        }
        return new SqlFragment(sql.toString(), params);
    }
}
