package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.DuplicatePair.Sign;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Pairs of customers who may be one person, the likeliest first; found each night, or now. */
@Service
@TenantSql("Pages over pairs along an index, joined with who they are.")
public class Duplicates {

    /** Counts go no further. */
    public static final int COUNT_LIMIT = 10_000;

    private final JdbcClient jdbc;
    private final DuplicateFinder finder;

    Duplicates(JdbcClient jdbc, DuplicateFinder finder) {
        this.jdbc = jdbc;
        this.finder = finder;
    }

    /** A page of those that nobody looked at yet. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<DuplicatePair> list(long offset, int limit) {
        return jdbc.sql(
                        "SELECT p.kinds, p.score, ca.id AS a_id, ca.first_name AS a_first, ca.last_name AS a_last, ca.email AS a_email, ca.external_id AS a_number, ca.city AS a_city, "
                                + "cb.id AS b_id, cb.first_name AS b_first, cb.last_name AS b_last, cb.email AS b_email, cb.external_id AS b_number, cb.city AS b_city, "
                                + "COALESCE(sa.orders, 0) AS a_orders, COALESCE(sb.orders, 0) AS b_orders FROM ("
                                + "SELECT tenant_id, first_id, second_id, kinds, score FROM duplicate_pair WHERE tenant_id = ? "
                                + "AND dismissed_at IS NULL ORDER BY score DESC, first_id DESC LIMIT ? OFFSET ?) p "
                                + "JOIN customer ca ON ca.tenant_id = p.tenant_id AND ca.id = p.first_id "
                                + "JOIN customer cb ON cb.tenant_id = p.tenant_id AND cb.id = p.second_id "
                                + "LEFT JOIN customer_summary sa ON sa.tenant_id = p.tenant_id AND sa.customer_id = p.first_id "
                                + "LEFT JOIN customer_summary sb ON sb.tenant_id = p.tenant_id AND sb.customer_id = p.second_id "
                                + "ORDER BY p.score DESC, p.first_id DESC")
                .params(tenant(), limit, offset)
                .query(Duplicates::map)
                .list();
    }

    /** How many wait, at most {@link #COUNT_LIMIT} + 1. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public int count() {
        return jdbc.sql(
                        "SELECT COUNT(*) FROM (SELECT 1 FROM duplicate_pair WHERE tenant_id = ? AND dismissed_at IS NULL "
                                + "LIMIT " + (COUNT_LIMIT + 1) + ") some")
                .param(tenant())
                .query(Integer.class)
                .single();
    }

    /** When it was looked for them last. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<Instant> lookedAt() {
        return jdbc.sql("SELECT MAX(finished_at) FROM nightly_run WHERE tenant_id = ? AND task = 'duplicates'")
                .param(tenant())
                .query((rs, n) -> Optional.ofNullable(rs.getObject(1, LocalDateTime.class)))
                .single()
                .map(at -> at.toInstant(ZoneOffset.UTC));
    }

    /** Looks for them now, over all customers. May take a minute with a million. */
    @PreAuthorize("hasAuthority('customer:write')")
    public void look() {
        finder.find(
                CurrentTenant.require(),
                LocalDateTime.of(1970, 1, 1, 0, 0),
                LocalDateTime.now(Clock.systemUTC()),
                () -> {});
    }

    /** They are two people; not asked again. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void dismiss(CustomerId one, CustomerId other, boolean dismissed) {
        jdbc.sql("UPDATE duplicate_pair SET dismissed_at = IF(?, UTC_TIMESTAMP(6), NULL), dismissed_by = ? "
                        + "WHERE tenant_id = ? AND first_id = ? AND second_id = ?")
                .params(
                        dismissed,
                        CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"))
                .params(tenant(), Math.min(one.value(), other.value()), Math.max(one.value(), other.value()))
                .update();
    }

    private static DuplicatePair map(ResultSet rs, int n) throws SQLException {
        Set<Sign> signs = EnumSet.noneOf(Sign.class);
        int kinds = rs.getInt("kinds");
        for (Sign sign : Sign.values()) {
            if ((kinds & 1 << sign.ordinal()) != 0) {
                signs.add(sign);
            }
        }
        return new DuplicatePair(side(rs, "a"), side(rs, "b"), signs, rs.getInt("score"));
    }

    private static DuplicatePair.Side side(ResultSet rs, String which) throws SQLException {
        String first = rs.getString(which + "_first");
        String last = rs.getString(which + "_last");
        String email = rs.getString(which + "_email");
        String number = rs.getString(which + "_number");
        String name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        CustomerId id = new CustomerId(rs.getLong(which + "_id"));
        return new DuplicatePair.Side(
                id,
                !name.isEmpty() ? name : email != null ? email : number != null ? number : id.toString(),
                email,
                rs.getString(which + "_city"),
                rs.getInt(which + "_orders"));
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
