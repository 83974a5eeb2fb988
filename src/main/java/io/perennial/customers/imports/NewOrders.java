package io.perennial.customers.imports;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What orders that were just added come to, customer by customer. */
class NewOrders {

    /**
     * A day of an order may be one of another zone, if the business moved; two days of the same moment are at most this
     * far apart.
     */
    private static final int DAYS_APART = 2;

    private final SortedMap<Long, Sum> sums = new TreeMap<>();

    NewOrders(List<StoredOrder> orders) {
        for (StoredOrder order : orders) {
            if (order.counts()) {
                sums.merge(order.customerId(), Sum.of(order), Sum::plus);
            }
        }
    }

    /** In the order in which customers are stored; without who has no valid order among these. */
    SortedMap<Long, Sum> sums() {
        return sums;
    }

    /**
     * What a customer's valid orders come to.
     *
     * @param days on which they are, in the business's zone
     * @param first in UTC, as {@code last}
     */
    record Sum(int orders, Set<LocalDate> days, LocalDateTime first, LocalDateTime last, BigDecimal value) {

        private static Sum of(StoredOrder order) {
            return new Sum(
                    1,
                    Set.of(order.orderedOn()),
                    order.orderedAt(),
                    order.orderedAt(),
                    order.net().subtract(order.refunded()));
        }

        private Sum plus(Sum other) {
            Set<LocalDate> all = new HashSet<>(days);
            all.addAll(other.days);
            return new Sum(
                    orders + other.orders,
                    all,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last,
                    value.add(other.value));
        }

        /** Whether none of these can be on a day on which the customer ordered before. */
        boolean isApartFrom(OrderTotals before, ZoneId zone) {
            LocalDateTime from = before.first();
            LocalDateTime to = before.last();
            if (from == null || to == null) {
                return true;
            }
            if (first.isAfter(to.plusDays(DAYS_APART + 3L))) {
                return true; // whatever the zone
            }
            LocalDate begin = day(from, zone).minusDays(DAYS_APART);
            LocalDate end = day(to, zone).plusDays(DAYS_APART);
            return days.stream().allMatch(day -> day.isBefore(begin) || day.isAfter(end));
        }

        /** With what a summary holds of orders on other days. */
        OrderTotals after(OrderTotals before) {
            LocalDateTime from = before.first();
            LocalDateTime to = before.last();
            return new OrderTotals(
                    before.customer(),
                    before.orders() + orders,
                    before.days() + days.size(),
                    from == null || first.isBefore(from) ? first : from,
                    to == null || last.isAfter(to) ? last : to,
                    before.value().add(value));
        }

        private static LocalDate day(LocalDateTime utc, ZoneId zone) {
            return utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDate();
        }
    }
}
