package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The customers' own rows in a merge: which value of which stays, and both as they were. Joins the caller's transaction. */
@Component
@TenantSql("Writes rows of customers column by column; every statement names the current tenant.")
class MergedProfiles {

    private static final String COLUMNS = String.join(", ", MergeFields.ALL);

    private final JdbcClient jdbc;

    MergedProfiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a customer's row says, column by column.
     *
     * @throws CustomerNotFound if there is no such customer here, or not any more
     */
    Map<String, @Nullable String> read(CustomerId customer, boolean lock) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM customer WHERE tenant_id = ? AND id = ? AND erased_at IS NULL"
                        + (lock ? " FOR UPDATE" : ""))
                .params(tenant(), customer.value())
                .query(MergeEngine::row)
                .optional()
                .orElseThrow(() -> new CustomerNotFound(customer));
    }

    /** The survivor's values, with those of the merged one that were taken or that the survivor had none of. */
    static Map<String, @Nullable String> chosen(
            Map<String, @Nullable String> keep, Map<String, @Nullable String> go, Set<String> taken) {
        Map<String, @Nullable String> after = new LinkedHashMap<>();
        for (String field : MergeFields.ALL) {
            boolean take = go.get(field) != null && (taken.contains(field) || keep.get(field) == null);
            after.put(field, take ? go.get(field) : keep.get(field));
        }
        return after;
    }

    /** Hides the merged one, and whoever was merged into them before follows; gives these. */
    List<Long> hide(CustomerId merged, CustomerId survivor, LocalDateTime now) {
        List<Long> followers = jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND merged_into = ?")
                .params(tenant(), merged.value())
                .query((rs, n) -> rs.getLong(1))
                .list();
        jdbc.sql("UPDATE customer SET merged_into = ? WHERE tenant_id = ? AND merged_into = ?")
                .params(survivor.value(), tenant(), merged.value())
                .update();
        jdbc.sql("UPDATE customer SET email = NULL, external_id = NULL, erased_at = ?, merged_into = ?, updated_at = ? "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(now, survivor.value(), now, tenant(), merged.value())
                .update();
        return followers;
    }

    /** Gives the survivor its values, and the merged one what the survivor did not take or gave up: files still name it. */
    void settle(
            CustomerId survivor,
            CustomerId merged,
            Map<String, @Nullable String> keep,
            Map<String, @Nullable String> go,
            Map<String, @Nullable String> after) {
        write(survivor, after);
        identify(merged, left("email", keep, go, after), left("external_id", keep, go, after));
    }

    /** Whether both are as the merge left them, so that it can be taken back. */
    boolean areAsMerged(CustomerMerge done) {
        return jdbc.sql("SELECT COUNT(*) FROM customer WHERE tenant_id = ? AND ((id = ? AND erased_at IS NULL) "
                                + "OR (id = ? AND merged_into = ?))")
                        .params(
                                tenant(),
                                done.survivor().value(),
                                done.merged().value(),
                                done.survivor().value())
                        .query(Integer.class)
                        .single()
                == 2;
    }

    /**
     * Gives both their values back, but for what was changed since.
     *
     * @param kept is told the columns that stay as they are now
     */
    void restore(CustomerMerge done, MergeUndo undo, List<String> kept) {
        Map<String, @Nullable String> now = read(done.survivor(), true);
        Map<String, @Nullable String> back = new LinkedHashMap<>();
        for (String field : MergeFields.ALL) {
            boolean changed =
                    !Objects.equals(now.get(field), undo.survivorAfter().get(field));
            back.put(field, changed ? now.get(field) : undo.survivorBefore().get(field));
            if (changed) {
                kept.add(field);
            }
        }
        identify(done.merged(), null, null);
        write(done.survivor(), back);
        for (String key : List.of("email", "external_id")) {
            String own = undo.mergedBefore().get(key);
            if (own != null && own.equals(back.get(key))) {
                kept.add(key); // somebody gave it to the survivor anew
            }
        }
        jdbc.sql(
                        "UPDATE customer SET erased_at = NULL, merged_into = NULL, updated_at = ? WHERE tenant_id = ? AND id = ?")
                .params(now(), tenant(), done.merged().value())
                .update();
        identify(
                done.merged(),
                freeOr(undo.mergedBefore().get("email"), back.get("email")),
                freeOr(undo.mergedBefore().get("external_id"), back.get("external_id")));
        for (Long follower : undo.followers()) {
            jdbc.sql("UPDATE customer SET merged_into = ? WHERE tenant_id = ? AND id = ? AND merged_into = ?")
                    .params(
                            done.merged().value(),
                            tenant(),
                            follower,
                            done.survivor().value())
                    .update();
        }
    }

    private static @Nullable String freeOr(@Nullable String own, @Nullable String others) {
        return own != null && own.equals(others) ? null : own;
    }

    /** What the merged one is called by from now on: its own, or what the survivor gave up for it. */
    private static @Nullable String left(
            String field,
            Map<String, @Nullable String> keep,
            Map<String, @Nullable String> go,
            Map<String, @Nullable String> after) {
        return Objects.equals(after.get(field), go.get(field)) ? keep.get(field) : go.get(field);
    }

    private void identify(CustomerId customer, @Nullable String email, @Nullable String externalId) {
        jdbc.sql("UPDATE customer SET email = ?, external_id = ? WHERE tenant_id = ? AND id = ?")
                .param(email)
                .param(externalId)
                .param(tenant())
                .param(customer.value())
                .update();
    }

    private void write(CustomerId customer, Map<String, @Nullable String> values) {
        List<@Nullable Object> params = new ArrayList<>();
        MergeFields.ALL.forEach(field -> params.add(values.get(field)));
        params.add(now());
        params.add(tenant());
        params.add(customer.value());
        jdbc.sql("UPDATE customer SET " + String.join(" = ?, ", MergeFields.ALL)
                        + " = ?, updated_at = ? WHERE tenant_id = ? AND id = ?")
                .params(params)
                .update();
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
