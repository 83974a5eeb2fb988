package io.perennial.delivery.pace;

import io.perennial.delivery.ContactRules.Cap;
import io.perennial.delivery.QuietHours;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What holds for each business, read anew every few seconds while it sends. */
@Component
@TenantSql("Workers read the settings of the tenant they serve; each statement names it.")
class Paces {

    private static final long KEPT = Duration.ofSeconds(2).toNanos();

    private final JdbcClient jdbc;
    private final PaceProperties defaults;
    private final Map<TenantId, Read> known = new ConcurrentHashMap<>();

    Paces(JdbcClient jdbc, PaceProperties defaults) {
        this.jdbc = jdbc;
        this.defaults = defaults;
    }

    private record Read(TenantPace pace, long at) {}

    /** As it was a few seconds ago at the oldest. */
    TenantPace of(TenantId tenant) {
        Read read = known.get(tenant);
        if (read == null || System.nanoTime() - read.at() > KEPT) {
            long at = System.nanoTime();
            read = new Read(now(tenant), at);
            known.put(tenant, read);
        }
        return read.pace();
    }

    void forget(TenantId tenant) {
        known.remove(tenant);
    }

    /** As it is. */
    TenantPace now(TenantId tenant) {
        Map<String, TenantPace.Domain> domains = domains(tenant);
        Map<String, Integer> receivers = new HashMap<>(defaults.receiverPerHour());
        receivers.putAll(receivers(tenant));
        return jdbc.sql("SELECT b.zone, p.*, g.weight, g.max_per_hour, g.max_per_day, g.paused_reason FROM business b "
                        + "LEFT JOIN sending_pace p ON p.tenant_id = b.id "
                        + "LEFT JOIN sending_grant g ON g.tenant_id = b.id WHERE b.id = ?")
                .param(tenant.value())
                .query((rs, row) -> pace(rs, domains, receivers))
                .single();
    }

    private TenantPace pace(ResultSet rs, Map<String, TenantPace.Domain> domains, Map<String, Integer> receivers)
            throws SQLException {
        Limits own = new Limits(number(rs, "per_minute"), number(rs, "per_hour"), number(rs, "per_day"));
        Limits ceiling = new Limits(null, number(rs, "max_per_hour"), number(rs, "max_per_day"));
        Limits ofAll = new Limits(defaults.perMinute(), defaults.perHour(), defaults.perDay());
        Integer weight = number(rs, "weight");
        return new TenantPace(
                ZoneId.of(rs.getString("zone")),
                // The operator's ceiling replaces the configuration's; a wish of the business's own is below either.
                own.within(ceiling.or(ofAll)),
                domains,
                receivers,
                quiet(rs),
                cap(rs),
                weight == null ? 1 : weight,
                rs.getString("paused_reason"));
    }

    static @Nullable QuietHours quiet(ResultSet rs) throws SQLException {
        Integer from = number(rs, "quiet_from");
        Integer until = number(rs, "quiet_until");
        return from == null || until == null
                ? null
                : new QuietHours(
                        LocalTime.ofSecondOfDay(from * 60L),
                        LocalTime.ofSecondOfDay(until * 60L),
                        "CUSTOMER".equals(rs.getString("quiet_zone")));
    }

    static @Nullable Cap cap(ResultSet rs) throws SQLException {
        Integer mails = number(rs, "cap_mails");
        Integer days = number(rs, "cap_days");
        return mails == null || days == null ? null : new Cap(mails, days);
    }

    Map<String, Integer> receivers(TenantId tenant) {
        Map<String, Integer> limits = new HashMap<>();
        jdbc.sql("SELECT receiver, per_hour FROM sending_receiver WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, row) -> limits.put(rs.getString(1), rs.getInt(2)))
                .list();
        return limits;
    }

    Map<String, TenantPace.Domain> domains(TenantId tenant) {
        Map<String, TenantPace.Domain> domains = new HashMap<>();
        jdbc.sql("SELECT * FROM sending_domain WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, row) -> domains.put(
                        rs.getString("domain"),
                        new TenantPace.Domain(number(rs, "per_hour"), number(rs, "per_day"), warmUp(rs))))
                .list();
        return domains;
    }

    private static @Nullable WarmUp warmUp(ResultSet rs) throws SQLException {
        LocalDate from = rs.getObject("warm_from", LocalDate.class);
        return from == null
                ? null
                : new WarmUp(from, rs.getInt("warm_first"), rs.getBigDecimal("warm_growth"), rs.getInt("warm_until"));
    }

    static @Nullable Integer number(ResultSet rs, String column) throws SQLException {
        int value = rs.getInt(column);
        return rs.wasNull() ? null : (Integer) value;
    }
}
