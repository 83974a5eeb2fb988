package io.perennial.segments;

import io.perennial.customers.CustomerLists;
import java.util.List;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists for selections of customers, a piece at a time. Such a deed has an entry of its own in the audit log. */
@Service
@Transactional
public class ListsForSelections implements CustomerLists {

    private final SegmentLists lists;
    private final ListChanges changes;

    ListsForSelections(SegmentLists lists, ListChanges changes) {
        this.lists = lists;
        this.changes = changes;
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('segment:read')")
    public List<Named> named() {
        return lists.lists().stream()
                .map(list -> new Named(list.id().value(), list.name()))
                .toList();
    }

    @Override
    @PreAuthorize("hasAuthority('segment:write')")
    public Named make(String name) {
        SegmentRef made = lists.create(name);
        return new Named(made.id().value(), made.name());
    }

    @Override
    @PreAuthorize("hasAuthority('segment:write')")
    public Set<Long> add(long list, List<Long> customers) {
        return changes.put(new SegmentId(list), Set.copyOf(customers));
    }

    @Override
    @PreAuthorize("hasAuthority('segment:write')")
    public Set<Long> remove(long list, List<Long> customers) {
        return changes.take(new SegmentId(list), Set.copyOf(customers));
    }
}
