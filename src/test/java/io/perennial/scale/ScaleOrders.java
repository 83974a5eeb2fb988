package io.perennial.scale;

import io.perennial.kernel.TimeOrderedIds;
import io.perennial.scale.BulkLoad.Row;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The orders of a {@link ScaleShop} in the order of time, as a shop's export has them. */
final class ScaleOrders {

    static final String COLUMNS = "tenant_id, id, customer_id, external_id, ordered_at, ordered_on, status, currency, "
            + "amount, net_value, refunded, refunded_at";
    static final String LINE_COLUMNS =
            "tenant_id, order_id, line_no, customer_id, ordered_at, counted, sku, product, category, article_id, "
                    + "quantity, net_value";

    private static final int ORDER = 6;
    private static final double FURTHER_LINES = 1.2;
    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");

    private final ScalePeople people;
    private final Assortment assortment;
    private final long firstId;

    /** Minute and customer of each order. */
    private final long[] orders;

    private record Line(Assortment.Product product, int quantity) {
        double value() {
            return product.price() * quantity;
        }
    }

    ScaleOrders(ScalePeople people, long seed) {
        this.people = people;
        this.assortment = new Assortment(seed);
        this.orders = inTime(people, new Rhythm(seed));
        this.firstId = TimeOrderedIds.nextBlock(Math.max(1, orders.length));
    }

    private static long[] inTime(ScalePeople people, Rhythm rhythm) {
        long[] found = new long[people.count() * 6];
        int count = 0;
        for (int i = 0; i < people.count(); i++) {
            for (int minute : rhythm.purchases(people.joined(i), i)) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count + count / 4);
                }
                found[count++] = (long) minute << 32 | i;
            }
        }
        long[] all = Arrays.copyOf(found, count);
        Arrays.parallelSort(all);
        return all;
    }

    int count() {
        return orders.length;
    }

    void order(Row row, int i) throws InterruptedException {
        Dice dice = people.dice(ORDER, i);
        double value = linesOf(dice).stream().mapToDouble(Line::value).sum();
        double fate = dice.share();
        String status = status(fate);
        boolean refunded = status.equals("REFUNDED") || fate < 0.02;
        double back = status.equals("REFUNDED") ? value : refunded ? Math.round(value / 4) : 0;
        LocalDateTime at = at(i);
        row.add(people.tenant().value())
                .add(firstId + i)
                .add(customer(i))
                .add(String.format(Locale.ROOT, "O%09d", i))
                .add(at)
                .add(at.atZone(ZoneOffset.UTC).withZoneSameInstant(ZONE).toLocalDate())
                .add(status)
                .add("CZK")
                .add(BigDecimal.valueOf(value))
                .add(BigDecimal.valueOf(value))
                .add(BigDecimal.valueOf(back))
                .add(refunded ? at.plusDays(3) : null)
                .end();
    }

    void lines(Row row, int i) throws InterruptedException {
        int number = 0;
        LocalDateTime at = at(i);
        Dice dice = people.dice(ORDER, i);
        List<Line> lines = linesOf(dice);
        int counted = status(dice.share()).equals("PAID") ? 1 : 0;
        for (Line line : lines) {
            row.add(people.tenant().value())
                    .add(firstId + i)
                    .add(++number)
                    .add(customer(i))
                    .add(at)
                    .add(counted)
                    .add(line.product().sku())
                    .add(line.product().name())
                    .add(line.product().category())
                    .add(line.product().article())
                    .add(line.quantity())
                    .add(BigDecimal.valueOf(line.value()))
                    .end();
        }
    }

    private static String status(double fate) {
        return fate < 0.95 ? "PAID" : fate < 0.96 ? "REFUNDED" : fate < 0.995 ? "CANCELLED" : "TEST";
    }

    private LocalDateTime at(int i) {
        return people.at(orders[i] >>> 32);
    }

    private long customer(int i) {
        return people.id((int) orders[i]);
    }

    private List<Line> linesOf(Dice dice) {
        List<Line> lines = new ArrayList<>();
        for (int n = 1 + dice.poisson(FURTHER_LINES); n > 0; n--) {
            lines.add(new Line(assortment.product(dice), dice.chance(0.8) ? 1 : 2 + dice.below(3)));
        }
        return lines;
    }
}
