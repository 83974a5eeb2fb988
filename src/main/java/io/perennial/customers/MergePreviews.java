package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Shows two customers beside each other, and what merging them would do; changes nothing.
 *
 * @see <a href="../../../../../docs/decisions/0212-merging-customers.md">0212-merging-customers.md</a>
 */
@Service
@TenantSql("Lays the consents of two customers side by side; the statement names the current tenant.")
@Transactional(readOnly = true)
public class MergePreviews {

    private final JdbcClient jdbc;
    private final MergedRows rows;
    private final MergedProfiles profiles;
    private final MergedSuppression suppression;

    MergePreviews(JdbcClient jdbc, MergedRows rows, MergedProfiles profiles, MergedSuppression suppression) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.profiles = profiles;
        this.suppression = suppression;
    }

    /**
     * What merging would do.
     *
     * @throws CustomerNotFound if one of them is no customer here
     */
    @PreAuthorize("hasAuthority('customer:read')")
    public MergePreview of(CustomerId survivor, CustomerId merged) {
        Map<String, @Nullable String> keep = profiles.read(survivor, false);
        Map<String, @Nullable String> go = profiles.read(merged, false);
        MergedRows.Counts counts = rows.count(survivor, merged);
        return new MergePreview(
                counts.moving(),
                counts.staying(),
                withdrawn(survivor, merged),
                suppression.stricter(keep.get("email"), go.get("email")));
    }

    /** The names of the topics of which one agreed and the other, who goes, said no. */
    private List<String> withdrawn(CustomerId survivor, CustomerId merged) {
        return jdbc.sql("SELECT t.name FROM consent m JOIN consent s ON s.tenant_id = m.tenant_id "
                        + "AND s.topic = m.topic JOIN consent_topic t ON t.tenant_id = m.tenant_id AND t.code = m.topic "
                        + "WHERE m.tenant_id = ? AND m.customer_id = ? AND s.customer_id = ? AND m.status = 'WITHDRAWN' "
                        + "AND s.status = 'GRANTED' ORDER BY t.position")
                .params(CurrentTenant.require().value(), merged.value(), survivor.value())
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    /**
     * A customer's own row, column by column.
     *
     * @throws CustomerNotFound if it is no customer here
     */
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<String, @Nullable String> fields(CustomerId customer) {
        return profiles.read(customer, false);
    }
}
