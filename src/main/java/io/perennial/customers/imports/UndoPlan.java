package io.perennial.customers.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What undoing a chunk comes to. Looking at it and doing it are the same plan. */
public class UndoPlan {

    final List<Long> customersToRemove = new ArrayList<>();
    final List<StoredCustomer> customersToRestore = new ArrayList<>();
    final List<StoredOrder> ordersToRemove = new ArrayList<>();
    final List<StoredOrder> ordersToRestore = new ArrayList<>();
    final List<Long> customersOfRestored = new ArrayList<>();
    final List<Long> consentsToTakeBack = new ArrayList<>();
    final List<Tag> tagsToTakeBack = new ArrayList<>();
    final List<AttributeValues.Change> attributesToRestore = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final Set<String> keptOnes = new HashSet<>();

    /** A tag of a customer. */
    record Tag(long customer, String word) {}

    /** A customer or an order that stays as it is. */
    public record Kept(Kind kind, long id, Reason reason) {}

    /** Of what kind something is. */
    public enum Kind {
        CUSTOMER,
        ORDER
    }

    /** Why something stays. */
    public enum Reason {
        /** Somebody or another import changed it since. */
        CHANGED_SINCE,
        /** The customer has orders of other origin. */
        ORDERS,
        /** The customer decided since what mails they want. */
        CONSENT,
        /** Mails, vouchers or the like are about the customer. */
        HISTORY,
        /** Its former id or address belongs to somebody else now. */
        TAKEN,
        /** It is no longer there, or the person was erased. */
        GONE
    }

    /** A customer is listed once, with the first reason. */
    void keep(Kind kind, long id, Reason reason) {
        if (keptOnes.add(kind.name() + id)) {
            kept.add(new Kept(kind, id, reason));
        }
    }

    public List<Kept> kept() {
        return kept;
    }

    public long customersRemoved() {
        return customersToRemove.size();
    }

    public long customersRestored() {
        return Stream.concat(
                        customersToRestore.stream().map(StoredCustomer::id),
                        attributesToRestore.stream().map(AttributeValues.Change::customer))
                .distinct()
                .count();
    }

    public long ordersRemoved() {
        return ordersToRemove.size();
    }

    public long ordersRestored() {
        return ordersToRestore.size();
    }

    public long consentsRemoved() {
        return consentsToTakeBack.size();
    }

    public long tagsRemoved() {
        return tagsToTakeBack.size();
    }
}
