package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The short words that a business puts on single customers. Of many at once they are changed by bulk jobs. */
@Service
@TenantSql("Reads and writes the tags of one customer; every statement names the current tenant.")
public class CustomerTags {

    /** How many a customer can have. */
    public static final int MOST = 50;

    /** How many characters one can have. */
    public static final int LONGEST = 60;

    private final JdbcClient jdbc;
    private final CustomerChanges changes;
    private final BulkTraces bulk;

    CustomerTags(JdbcClient jdbc, CustomerChanges changes, BulkTraces bulk) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.bulk = bulk;
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<String> of(CustomerId id) {
        return jdbc.sql("SELECT tag FROM customer_tag WHERE tenant_id = ? AND customer_id = ? ORDER BY tag")
                .params(tenant(), id.value())
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    /**
     * Puts a tag on a customer; one they have already, in whatever letters, stays as it is. What others do to their tags
     * meanwhile stays as well.
     *
     * @throws CustomerNotFound if there is no such customer here
     * @throws TagRefused if it is empty, longer than {@link #LONGEST}, or the customer has {@link #MOST} others
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void add(CustomerId id, String tag) {
        change(id, () -> {
            insert(id, tag.strip());
            requireRoom(id);
        });
    }

    /**
     * Takes a tag off a customer, if they have it.
     *
     * @throws CustomerNotFound if there is no such customer here
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void remove(CustomerId id, String tag) {
        change(
                id,
                () -> jdbc.sql("DELETE FROM customer_tag WHERE tenant_id = ? AND customer_id = ? AND tag = ?")
                        .params(tenant(), id.value(), tag)
                        .update());
    }

    /**
     * Replaces a customer's tags; blank ones are dropped.
     *
     * @throws CustomerNotFound if there is no such customer here
     * @throws TagRefused if one is longer than {@link #LONGEST}, or there are more than {@link #MOST}
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void replace(CustomerId id, List<String> tags) {
        change(id, () -> {
            jdbc.sql("DELETE FROM customer_tag WHERE tenant_id = ? AND customer_id = ?")
                    .params(tenant(), id.value())
                    .update();
            tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).forEach(tag -> insert(id, tag));
            requireRoom(id);
        });
    }

    /** What is different afterwards is not undone with what was done to many before. */
    private void change(CustomerId id, Runnable deed) {
        lock(id);
        Set<String> before = Set.copyOf(of(id));
        deed.run();
        Set<String> after = Set.copyOf(of(id));
        Stream.concat(before.stream(), after.stream())
                .filter(tag -> !before.contains(tag) || !after.contains(tag))
                .forEach(tag -> bulk.changedByHand(CurrentTenant.require(), BulkTrace.tag(tag), List.of(id.value())));
        changes.note(CurrentTenant.require(), Set.of(CustomerAspect.TAGS), List.of(id.value()));
    }

    private void insert(CustomerId id, String tag) {
        if (tag.isEmpty()) {
            throw new TagRefused(TagRefused.Why.EMPTY);
        }
        if (tag.length() > LONGEST) {
            throw new TagRefused(TagRefused.Why.TOO_LONG);
        }
        jdbc.sql("INSERT INTO customer_tag (tenant_id, customer_id, tag) VALUES (?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE tag = customer_tag.tag")
                .params(tenant(), id.value(), tag)
                .update();
    }

    private void requireRoom(CustomerId id) {
        int all = jdbc.sql("SELECT COUNT(*) FROM customer_tag WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant(), id.value())
                .query(Integer.class)
                .single();
        if (all > MOST) {
            throw new TagRefused(TagRefused.Why.TOO_MANY);
        }
    }

    /** Two who change the same customer's tags wait for each other, so the limit holds. */
    private void lock(CustomerId id) {
        boolean here = jdbc.sql(
                        "SELECT id FROM customer WHERE tenant_id = ? AND id = ? AND erased_at IS NULL FOR UPDATE")
                .params(tenant(), id.value())
                .query(Long.class)
                .optional()
                .isPresent();
        if (!here) {
            throw new CustomerNotFound(id);
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
