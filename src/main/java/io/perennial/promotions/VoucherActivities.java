package io.perennial.promotions;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource;
import io.perennial.customers.CustomerAspect;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Vouchers given, redeemed and let lapse: what segments can ask of promotions. */
@Component
@TenantSql("Gives segments the columns to ask for; each statement names the tenant.")
class VoucherActivities implements ActivitySource {

    private static final List<ActivityKind> KINDS = List.of(
            voucher("VOUCHER_REDEEMED", "promotions.activity.redeemed", "a.redeemed_at"),
            voucher("VOUCHER_GIVEN", "promotions.activity.given", "a.issued_at"),
            voucher("VOUCHER_LAPSED", "promotions.activity.lapsed", "a.lapsed_at"));

    private final JdbcClient jdbc;

    VoucherActivities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static ActivityKind voucher(String name, String words, String at) {
        return new ActivityKind(
                name,
                words,
                "voucher a",
                "",
                "a.tenant_id = ? AND " + at + " IS NOT NULL",
                "a.customer_id",
                at,
                "COUNT(*)",
                "a.id",
                "a.promotion_id",
                null,
                null,
                CustomerAspect.VOUCHERS);
    }

    @Override
    public List<ActivityKind> kinds() {
        return KINDS;
    }

    @Override
    public List<Thing> things(ActivityKind kind, Part part, String text, int offset, int limit) {
        String pattern = "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        return jdbc.sql("SELECT id, name, celebrated_on FROM promotion WHERE tenant_id = ? AND name LIKE ? ESCAPE '!' "
                        + "ORDER BY celebrated_on DESC, id LIMIT ? OFFSET ?")
                .params(CurrentTenant.require().value(), pattern, limit, offset)
                .query((rs, n) -> new Thing(rs.getLong(1), rs.getString(2)))
                .list();
    }

    @Override
    public Map<Long, String> names(ActivityKind kind, Part part, Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        if (ids.isEmpty()) {
            return names;
        }
        List<Object> params = new ArrayList<>();
        params.add(CurrentTenant.require().value());
        params.addAll(ids);
        jdbc.sql("SELECT id, name FROM promotion WHERE tenant_id = ? AND id IN (?" + ", ?".repeat(ids.size() - 1) + ")")
                .params(params)
                .query(rs -> {
                    names.put(rs.getLong(1), rs.getString(2));
                });
        return names;
    }
}
