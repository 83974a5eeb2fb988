package io.perennial.customers.imports;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What orders that were just added come to, customer by customer. */
class NewOrders {

    /**
     * A day of an order may be one of another zone, if the business moved; two days of the same moment are at most this
     * far apart.
     */
    private static final int DAYS_APART = 2;

    /** In the order in which they are stored. */
    private final TreeMap<Long, Sum> sums = new TreeMap<>();

    NewOrders(List<StoredOrder> orders) {
        for (StoredOrder order : orders) {
            if (order.status() == OrderStatus.PAID && order.net().signum() > 0) {
                Sum one = Sum.of(order);
                sums.merge(order.customerId(), one, Sum::plus);
            }
        }
    }

    /** Those who have a valid order among these. */
    Collection<Long> customers() {
        return sums.keySet();
    }

    @Nullable
    Sum of(long customer) {
        return sums.get(customer);
    }

    /**
     * What a customer's valid orders come to.
     *
     * @param days on which they are, in the business's zone
     * @param first in UTC, as {@code last}
     */
    record Sum(
            int orders, int orderDays, Set<LocalDate> days, LocalDateTime first, LocalDateTime last, BigDecimal value) {

        private static Sum of(StoredOrder order) {
            return new Sum(
                    1,
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
                    all.size(),
                    all,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last,
                    value.add(other.value));
        }

        /** Whether none of these can be on a day on which the customer ordered between two moments. */
        boolean isApartFrom(LocalDateTime from, LocalDateTime to, ZoneId zone) {
            LocalDate begin = day(from, zone).minusDays(DAYS_APART);
            LocalDate end = day(to, zone).plusDays(DAYS_APART);
            return days.stream().allMatch(day -> day.isBefore(begin) || day.isAfter(end));
        }

        /** With what a summary holds of orders on other days. */
        Sum after(int before, int daysBefore, LocalDateTime from, LocalDateTime to, BigDecimal worth) {
            return new Sum(
                    orders + before,
                    orderDays + daysBefore,
                    days,
                    first.isBefore(from) ? first : from,
                    last.isAfter(to) ? last : to,
                    value.add(worth));
        }

        /** As a JSON array: customer, orders, days, first, last, value. */
        void appendTo(StringBuilder json, long customer) {
            json.append('[')
                    .append(customer)
                    .append(',')
                    .append(orders)
                    .append(',')
                    .append(orderDays)
                    .append(",\"")
                    .append(first)
                    .append("\",\"")
                    .append(last)
                    .append("\",\"")
                    .append(value.toPlainString())
                    .append("\"]");
        }

        private static LocalDate day(LocalDateTime utc, ZoneId zone) {
            return utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDate();
        }
    }
}
