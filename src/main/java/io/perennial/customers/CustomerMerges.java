package io.perennial.customers;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.imports.SummaryStore;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes two customers one, and takes that back for 30 days. The merged one's row stays, hidden as erased ones are: the
 * shop's files go on naming it, and what they bring moves on to the survivor.
 *
 * @see <a href="../../../../../docs/decisions/0212-merging-customers.md">0212-merging-customers.md</a>
 */
@Service
@TenantSql("Moves rows of many tables by the rules that features declare; every statement names the current tenant.")
public class CustomerMerges {

    /** Days for which a merge can be taken back. */
    public static final int UNDO_DAYS = 30;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String COLUMNS = String.join(", ", MergeFields.ALL);

    private final JdbcClient jdbc;
    private final PersonalTables tables;
    private final MergeEngine engine;
    private final Suppressions suppressions;
    private final SummaryStore summaries;
    private final CustomerChanges changes;
    private final AuditLog audit;

    CustomerMerges(
            JdbcClient jdbc,
            PersonalTables tables,
            MergeEngine engine,
            Suppressions suppressions,
            SummaryStore summaries,
            CustomerChanges changes,
            AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.tables = tables;
        this.engine = engine;
        this.suppressions = suppressions;
        this.summaries = summaries;
        this.changes = changes;
    }

    /**
     * What became of taking a merge back.
     *
     * @param kept fields and tables that were changed since and stay as they are now
     * @param newOrders orders placed since, which stay with the survivor
     */
    public record Undone(List<String> kept, long newOrders) {}

    /**
     * What merging would do; changes nothing.
     *
     * @throws CustomerNotFound if one of them is no customer here
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public MergePreview preview(CustomerId survivor, CustomerId merged) {
        Map<String, @Nullable String> keep = read(survivor, false);
        Map<String, @Nullable String> go = read(merged, false);
        TreeMap<String, Long> moved = new TreeMap<>();
        TreeMap<String, Long> staying = new TreeMap<>();
        for (PersonalTable table : tables.all()) {
            long[] counts = engine.count(table, survivor, merged);
            moved.put(table.name(), counts[0]);
            staying.put(table.name(), counts[1]);
        }
        List<String> withdrawn = jdbc.sql("SELECT t.name FROM consent m JOIN consent s ON s.tenant_id = m.tenant_id "
                        + "AND s.topic = m.topic JOIN consent_topic t ON t.tenant_id = m.tenant_id AND t.code = m.topic "
                        + "WHERE m.tenant_id = ? AND m.customer_id = ? AND s.customer_id = ? AND m.status = 'WITHDRAWN' "
                        + "AND s.status = 'GRANTED' ORDER BY t.position")
                .params(tenant(), merged.value(), survivor.value())
                .query((rs, n) -> rs.getString(1))
                .list();
        return new MergePreview(moved, staying, withdrawn, stricter(keep.get("email"), go.get("email")));
    }

    /** Both customers' own rows, for the page that lays them side by side. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<String, @Nullable String> fields(CustomerId customer) {
        return read(customer, false);
    }

    /**
     * Merges one customer into another.
     *
     * @param taken columns of {@link MergeFields} whose value comes from the merged one; the survivor's empty ones are
     *     filled from there in any case
     * @throws CustomerNotFound if one of them is no customer here, or not any more
     * @throws MergeRefused if they are the same
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public CustomerMerge merge(CustomerId survivor, CustomerId merged, Set<String> taken) {
        if (survivor.equals(merged)) {
            throw new MergeRefused(MergeRefused.Why.SAME);
        }
        // In the order of their ids, so that two who merge the same pair wait for each other.
        boolean first = survivor.value() < merged.value();
        Map<String, @Nullable String> one = read(first ? survivor : merged, true);
        Map<String, @Nullable String> two = read(first ? merged : survivor, true);
        Map<String, @Nullable String> keep = first ? one : two;
        Map<String, @Nullable String> go = first ? two : one;
        Map<String, @Nullable String> after = chosen(keep, go, taken);
        SuppressionReason reason = stricter(keep.get("email"), go.get("email"));

        TreeMap<String, List<List<String>>> moved = new TreeMap<>();
        List<MergeUndo.Replaced> replaced = new ArrayList<>();
        for (PersonalTable table : tables.all()) {
            replaced.addAll(engine.tighten(table, survivor, merged));
            moved.put(table.name(), engine.move(table, survivor, merged));
        }
        List<Long> followers = jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND merged_into = ?")
                .params(tenant(), merged.value())
                .query((rs, n) -> rs.getLong(1))
                .list();
        jdbc.sql("UPDATE customer SET merged_into = ? WHERE tenant_id = ? AND merged_into = ?")
                .params(survivor.value(), tenant(), merged.value())
                .update();
        LocalDateTime now = now();
        jdbc.sql("UPDATE customer SET email = NULL, external_id = NULL, erased_at = ?, merged_into = ?, updated_at = ? "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(now, survivor.value(), now, tenant(), merged.value())
                .update();
        write(survivor, after);
        // What the survivor did not take stays with the merged one, and what it gave up goes there: files still name
        // it.
        identify(merged, left("email", keep, go, after), left("external_id", keep, go, after));
        long id = TimeOrderedIds.next();
        String before = suppress(after.get("email"), reason, survivor);
        MergeUndo undo = new MergeUndo(
                keep,
                after,
                go,
                moved,
                replaced,
                followers,
                before == null ? null : after.get("email"),
                before == null || before.isEmpty() ? null : before);
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
        jdbc.sql("INSERT INTO customer_merge (tenant_id, id, survivor_id, merged_id, at, by_name, undo_data) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(tenant(), id, survivor.value(), merged.value(), now, by, JSON.writeValueAsString(undo))
                .update();
        forgetPairs(merged);
        refresh(survivor, merged);
        audit.record(
                CustomerDeed.MERGED,
                survivor,
                null,
                AuditChanges.none()
                        .and("customers.change.survivor", null, survivor)
                        .and("customers.change.merged", null, merged));
        return new CustomerMerge(id, survivor, merged, now.toInstant(ZoneOffset.UTC), by, null, true);
    }

    /**
     * Takes a merge back: both are as they were, but for what was changed since.
     *
     * @throws MergeRefused if it is too late, was undone, or the survivor was merged on meanwhile
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public Undone undo(long merge) {
        CustomerMerge done = jdbc.sql("SELECT * FROM customer_merge WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant(), merge)
                .query(CustomerMerges::map)
                .optional()
                .orElseThrow(() -> new MergeRefused(MergeRefused.Why.TOO_LATE));
        if (done.undoneAt() != null) {
            throw new MergeRefused(MergeRefused.Why.UNDONE);
        }
        if (!done.canBeUndone()) {
            throw new MergeRefused(MergeRefused.Why.TOO_LATE);
        }
        Integer there = jdbc.sql(
                        "SELECT COUNT(*) FROM customer WHERE tenant_id = ? AND ((id = ? AND erased_at IS NULL) "
                                + "OR (id = ? AND merged_into = ?))")
                .params(
                        tenant(),
                        done.survivor().value(),
                        done.merged().value(),
                        done.survivor().value())
                .query(Integer.class)
                .single();
        if (there != 2) {
            throw new MergeRefused(MergeRefused.Why.MERGED_ON);
        }
        MergeUndo undo = undoOf(merge);
        List<String> kept = new ArrayList<>();
        Map<String, PersonalTable> byName = new LinkedHashMap<>();
        tables.all().forEach(table -> byName.put(table.name(), table));
        undo.moved().forEach((name, keys) -> {
            PersonalTable table = byName.get(name);
            if (table != null && engine.reassign(table, keys, done.survivor(), done.merged()) < keys.size()) {
                kept.add(name);
            }
        });
        for (MergeUndo.Replaced replaced : undo.replaced()) {
            PersonalTable table = byName.get(replaced.table());
            if (table != null && !engine.loosen(table, done.survivor(), replaced)) {
                kept.add(replaced.table());
            }
        }
        restore(done, undo, kept);
        lift(undo, done.survivor());
        for (Long follower : undo.followers()) {
            jdbc.sql("UPDATE customer SET merged_into = ? WHERE tenant_id = ? AND id = ? AND merged_into = ?")
                    .params(
                            done.merged().value(),
                            tenant(),
                            follower,
                            done.survivor().value())
                    .update();
        }
        jdbc.sql(
                        "UPDATE customer_merge SET undone_at = ?, undone_by = ?, undo_data = NULL WHERE tenant_id = ? AND id = ?")
                .params(
                        now(),
                        CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"))
                .params(tenant(), merge)
                .update();
        refresh(done.survivor(), done.merged());
        audit.record(
                CustomerDeed.MERGE_UNDONE,
                done.survivor(),
                null,
                AuditChanges.none()
                        .and("customers.change.survivor", null, done.survivor())
                        .and("customers.change.merged", done.merged(), null));
        long newOrders = jdbc.sql(
                        "SELECT COUNT(*) FROM customer_order WHERE tenant_id = ? AND customer_id = ? AND id > ?")
                .params(tenant(), done.survivor().value(), merge)
                .query(Long.class)
                .single();
        return new Undone(kept.stream().distinct().toList(), newOrders);
    }

    /** The merges of a customer that can still be taken back, and those that were, the latest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerMerge> of(CustomerId survivor) {
        return jdbc.sql(
                        "SELECT * FROM customer_merge WHERE tenant_id = ? AND survivor_id = ? ORDER BY at DESC LIMIT 50")
                .params(tenant(), survivor.value())
                .query(CustomerMerges::map)
                .list();
    }

    /** For the upkeep: what files brought for a merged customer goes on to the survivor. */
    @Transactional
    void moveOn(CustomerId survivor, CustomerId merged, long merge) {
        MergeUndo undo = undoOf(merge);
        boolean any = false;
        for (PersonalTable table : tables.all()) {
            if (table.merging() != null && table.merging().way() == MergeRule.Way.MOVES) {
                List<List<String>> keys = engine.move(table, survivor, merged);
                if (!keys.isEmpty()) {
                    any = true;
                    List<List<String>> all = new ArrayList<>(undo.moved().getOrDefault(table.name(), List.of()));
                    all.addAll(keys);
                    undo.moved().put(table.name(), all);
                }
            }
        }
        if (any) {
            jdbc.sql("UPDATE customer_merge SET undo_data = ? WHERE tenant_id = ? AND id = ? AND undo_data IS NOT NULL")
                    .params(JSON.writeValueAsString(undo), tenant(), merge)
                    .update();
            refresh(survivor, merged);
        }
    }

    private MergeUndo undoOf(long merge) {
        return jdbc.sql(
                        "SELECT undo_data FROM customer_merge WHERE tenant_id = ? AND id = ? AND undo_data IS NOT NULL FOR UPDATE")
                .params(tenant(), merge)
                .query(String.class)
                .optional()
                .map(json -> JSON.readValue(json, MergeUndo.class))
                .orElseGet(() ->
                        new MergeUndo(Map.of(), Map.of(), Map.of(), new TreeMap<>(), List.of(), List.of(), null, null));
    }

    private void restore(CustomerMerge done, MergeUndo undo, List<String> kept) {
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
    }

    private static @Nullable String freeOr(@Nullable String own, @Nullable String others) {
        return own != null && own.equals(others) ? null : own;
    }

    /** Suppresses the survivor's address if either's was; gives what stood there before: "" for nothing, null if unchanged. */
    private @Nullable String suppress(@Nullable String email, @Nullable SuppressionReason reason, CustomerId survivor) {
        Optional<EmailAddress> address = Optional.ofNullable(email).flatMap(EmailAddress::parse);
        if (reason == null || address.isEmpty()) {
            return null;
        }
        Optional<Suppression> before = suppressions.entry(address.get());
        if (before.isPresent() && before.get().reason().compareTo(reason) >= 0) {
            return null;
        }
        suppressions.put(address.get(), reason, evidence(survivor));
        return before.map(entry -> entry.reason().name()).orElse("");
    }

    private static String evidence(CustomerId survivor) {
        return "Merged: another address of customer " + survivor + " is on the list";
    }

    private void lift(MergeUndo undo, CustomerId survivor) {
        Optional<EmailAddress> address =
                Optional.ofNullable(undo.suppressedEmail()).flatMap(EmailAddress::parse);
        if (address.isPresent()
                && suppressions
                        .entry(address.get())
                        .filter(entry -> evidence(survivor).equals(entry.evidence()))
                        .isPresent()) {
            suppressions.lift(address.get(), "Merge undone");
            if (undo.suppressionBefore() != null) {
                suppressions.put(
                        address.get(), SuppressionReason.valueOf(undo.suppressionBefore()), "As before the merge");
            }
        }
    }

    private @Nullable SuppressionReason stricter(@Nullable String one, @Nullable String two) {
        SuppressionReason strictest = null;
        for (String email : new @Nullable String[] {one, two}) {
            SuppressionReason reason = Optional.ofNullable(email)
                    .flatMap(EmailAddress::parse)
                    .flatMap(suppressions::entry)
                    .map(Suppression::reason)
                    .orElse(null);
            if (reason != null && (strictest == null || reason.compareTo(strictest) > 0)) {
                strictest = reason;
            }
        }
        return strictest;
    }

    private static Map<String, @Nullable String> chosen(
            Map<String, @Nullable String> keep, Map<String, @Nullable String> go, Set<String> taken) {
        Map<String, @Nullable String> after = new LinkedHashMap<>();
        for (String field : MergeFields.ALL) {
            boolean take = go.get(field) != null && (taken.contains(field) || keep.get(field) == null);
            after.put(field, take ? go.get(field) : keep.get(field));
        }
        return after;
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

    private Map<String, @Nullable String> read(CustomerId customer, boolean lock) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM customer WHERE tenant_id = ? AND id = ? AND erased_at IS NULL"
                        + (lock ? " FOR UPDATE" : ""))
                .params(tenant(), customer.value())
                .query(MergeEngine::row)
                .optional()
                .orElseThrow(() -> new CustomerNotFound(customer));
    }

    private void forgetPairs(CustomerId merged) {
        jdbc.sql("DELETE FROM duplicate_pair WHERE tenant_id = ? AND (first_id = ? OR second_id = ?)")
                .params(tenant(), merged.value(), merged.value())
                .update();
        jdbc.sql("DELETE FROM customer_match_key WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant(), merged.value())
                .update();
    }

    private void refresh(CustomerId survivor, CustomerId merged) {
        List<Long> both = List.of(survivor.value(), merged.value());
        summaries.recompute(CurrentTenant.require(), both);
        changes.note(CurrentTenant.require(), EnumSet.allOf(CustomerAspect.class), both);
    }

    private static CustomerMerge map(ResultSet rs, int n) throws SQLException {
        LocalDateTime at = rs.getObject("at", LocalDateTime.class);
        LocalDateTime undone = rs.getObject("undone_at", LocalDateTime.class);
        return new CustomerMerge(
                rs.getLong("id"),
                new CustomerId(rs.getLong("survivor_id")),
                new CustomerId(rs.getLong("merged_id")),
                at.toInstant(ZoneOffset.UTC),
                rs.getString("by_name"),
                undone == null ? null : undone.toInstant(ZoneOffset.UTC),
                undone == null && rs.getString("undo_data") != null && at.isAfter(now().minusDays(UNDO_DAYS)));
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
