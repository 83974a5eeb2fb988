package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.kernel.TimeOrderedIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whose the orders are: known customers, or new ones where the person asked for that. */
class OrderCustomers {

    private final ImportRun run;
    private final CustomerStore store;
    /** In a dry run: the customers that would be there by now. */
    private final Fingerprints imagined = new Fingerprints();

    OrderCustomers(ImportRun run, CustomerStore store) {
        this.run = run;
        this.store = store;
    }

    /** The customers of a chunk's orders. */
    record Found(
            Map<OrderGroup, Long> ids,
            List<StoredCustomer> fresh,
            Map<OrderGroup, Problem> rejects,
            Journal.Ids block) {

        /** The ids of customers to be made. */
        Journal.Ids made() {
            return fresh.isEmpty() ? Journal.Ids.NONE : block;
        }

        /** The customer of an order, or 0 where its rows name none. */
        long customerOf(OrderGroup group) {
            return ids.getOrDefault(group, 0L);
        }
    }

    Found find(List<OrderGroup> groups) {
        Map<String, StoredCustomer> byId = new HashMap<>();
        Map<String, StoredCustomer> byEmail = new HashMap<>();
        store.findKeys(run.tenant(), keys(groups, true), keys(groups, false)).forEach(c -> index(c, byId, byEmail));
        run.erased().refresh();
        long id = TimeOrderedIds.nextBlock(groups.size() + 1);
        Found found = new Found(
                new HashMap<>(), new ArrayList<>(), new LinkedHashMap<>(), Journal.Ids.block(id, groups.size() + 1));
        for (OrderGroup group : groups) {
            String number = group.customerId();
            String email = group.email();
            if (number == null && email == null) {
                continue;
            }
            if (run.erased().has(email, number)) {
                found.rejects()
                        .put(group, Problem.of(email == null ? ImportField.EXTERNAL_ID : ImportField.EMAIL, "erased"));
                continue;
            }
            StoredCustomer customer = number == null ? null : byId.get(number);
            StoredCustomer owner = email == null ? null : byEmail.get(email);
            if (customer == null && owner != null && (number == null || owner.externalId() == null)) {
                customer = owner;
            }
            if (customer != null) {
                found.ids().put(group, customer.id());
            } else if (owner != null) {
                found.rejects()
                        .put(group, Problem.of(ImportField.EMAIL, "email_taken", String.valueOf(owner.externalId())));
            } else if (run.options().createMissingCustomers()) {
                StoredCustomer fresh = fresh(id++, number, email);
                index(fresh, byId, byEmail);
                found.ids().put(group, fresh.id());
                if (!isImagined(number, email)) {
                    found.fresh().add(fresh);
                }
            } else {
                found.rejects()
                        .put(
                                group,
                                Problem.of(
                                        number != null ? ImportField.EXTERNAL_ID : ImportField.EMAIL,
                                        "unknown_customer",
                                        number != null ? number : String.valueOf(email)));
            }
        }
        return found;
    }

    /** Adds the customers that were missing. */
    void create(Found found) {
        store.insert(run.tenant(), found.fresh(), run.now());
    }

    /** After the chunk is through. */
    void remember(Found found) {
        if (run.options().dryRun()) {
            for (StoredCustomer customer : found.fresh()) {
                if (customer.externalId() != null) {
                    imagined.put("i" + customer.externalId(), 1);
                }
                if (customer.email() != null) {
                    imagined.put("e" + customer.email(), 1);
                }
            }
        }
    }

    private boolean isImagined(@Nullable String id, @Nullable String email) {
        return run.options().dryRun()
                && ((id != null && imagined.get("i" + id) > 0) || (email != null && imagined.get("e" + email) > 0));
    }

    private static StoredCustomer fresh(long id, @Nullable String number, @Nullable String email) {
        @Nullable Object[] values = new @Nullable Object[StoredCustomer.FIELDS.size()];
        values[0] = number;
        values[1] = email;
        return new StoredCustomer(id, values);
    }

    private static void index(
            StoredCustomer customer, Map<String, StoredCustomer> byId, Map<String, StoredCustomer> byEmail) {
        if (customer.externalId() != null) {
            byId.put(customer.externalId(), customer);
        }
        if (customer.email() != null) {
            byEmail.put(customer.email(), customer);
        }
    }

    private static Collection<String> keys(List<OrderGroup> groups, boolean ids) {
        return groups.stream()
                .map(g -> ids ? g.customerId() : g.email())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
