package io.perennial.insights.metrics;

import java.time.LocalDate;

/**
 * A shop small enough to reckon by hand. Orders (day, ordered, net), as of 2026-05-11:
 *
 * <pre>
 * customer 1: 01-10 100, 01-10 50 (same day), 02-09 80, 04-20 120
 * customer 2: 01-31 40
 * customer 3: 02-01 200 (net 150), 03-03 60, 03-31 60, 05-10 30
 * customer 4: 03-15 10
 * customer 5: 05-05 70
 * </pre>
 */
final class TinyShop {

    static final LocalDate AS_OF = LocalDate.of(2026, 5, 11);

    private TinyShop() {}

    static ShopHistory history() {
        ShopHistory.Builder shop = new ShopHistory.Builder();
        order(shop, 1, "2026-01-10", 100, 100);
        order(shop, 1, "2026-01-10", 50, 50);
        order(shop, 1, "2026-02-09", 80, 80);
        order(shop, 1, "2026-04-20", 120, 120);
        order(shop, 2, "2026-01-31", 40, 40);
        order(shop, 3, "2026-02-01", 200, 150);
        order(shop, 3, "2026-03-03", 60, 60);
        order(shop, 3, "2026-03-31", 60, 60);
        order(shop, 3, "2026-05-10", 30, 30);
        order(shop, 4, "2026-03-15", 10, 10);
        order(shop, 5, "2026-05-05", 70, 70);
        return shop.build();
    }

    static Months months() {
        return new Months(history().firstDay(), AS_OF);
    }

    static void order(ShopHistory.Builder shop, long customer, String day, double ordered, double net) {
        shop.order(customer, (int) LocalDate.parse(day).toEpochDay(), ordered, net);
    }
}
