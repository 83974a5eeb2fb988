package io.perennial.customers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a deed changed of some customers, by which it is undone.
 *
 * @param subject what was changed, as the methods for it name it
 * @param after what all of them had then, where that is needed to see whether they still do
 */
public record BulkTrace(
        Kind kind,
        String subject,
        List<Former> former,
        @Nullable String after) {

    /** What was done to them. */
    public enum Kind {
        TAG_ON,
        TAG_OFF,
        ATTRIBUTE,
        LIST_ON,
        LIST_OFF,
        SUPPRESSED
    }

    /**
     * Customers who had the same before.
     *
     * @param value nothing where they had none
     */
    public record Former(@Nullable String value, List<Long> customers) {}

    public BulkTrace {
        former = former.stream().filter(one -> !one.customers().isEmpty()).toList();
    }

    /** Of something that is either there or not. */
    public static BulkTrace of(Kind kind, String subject, Collection<Long> customers) {
        return new BulkTrace(kind, subject, List.of(new Former(null, List.copyOf(customers))), null);
    }

    public static String tag(String tag) {
        return "tag:" + tag;
    }

    public static String attribute(long attribute) {
        return "attribute:" + attribute;
    }

    public static String list(long list) {
        return "list:" + list;
    }

    /** What stands behind the kind in a subject: the tag, or the number of the attribute or the list. */
    public String name() {
        return subject.substring(subject.indexOf(':') + 1);
    }

    /** All of them. */
    public List<Long> customers() {
        return former.stream().flatMap(one -> one.customers().stream()).toList();
    }

    /** The same without some customers. */
    public BulkTrace without(Set<Long> customers) {
        List<Former> others = new ArrayList<>();
        former.forEach(one -> others.add(new Former(
                one.value(),
                one.customers().stream().filter(id -> !customers.contains(id)).toList())));
        return new BulkTrace(kind, subject, others, after);
    }
}
