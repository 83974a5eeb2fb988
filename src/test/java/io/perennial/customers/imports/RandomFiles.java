package io.perennial.customers.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files as shops send them: mostly right, with everything in them that goes wrong. */
final class RandomFiles {

    static final String PEOPLE = "id,email,first,last,birthday,city,country,tags,newsletter,"
            + "note,shoe size,member since,member,level,likes";
    static final String ORDERS = "order id,date,customer,unit price,quantity,refunded,product,category";

    private static final List<String> NAMES = List.of(
            "Ada", "Žofie", "O'Neil", "back\\slash", "Łukasz 🙂", "tab\there", "\"quo\"\"ted\"", "", "N", "\\N");

    private final Random random;

    RandomFiles(long seed) {
        random = new Random(seed);
    }

    List<String> people(int rows) {
        List<String> lines = new ArrayList<>(List.of(PEOPLE));
        for (int i = 0; i < rows; i++) {
            int who = random.nextInt(rows);
            lines.add("C%d,%s,%s,%s,%s,%s,%s,%s,%s,%s"
                    .formatted(
                            who,
                            random.nextInt(20) == 0 ? "nobody" : "p" + who + "@shop.example",
                            name(),
                            name(),
                            random.nextInt(30) == 0 ? "31.2.1990" : "19%02d-0%d-11".formatted(40 + i % 60, 1 + i % 9),
                            random.nextInt(3) == 0 ? "" : "Brno " + i % 7,
                            i % 2 == 0 ? "CZ" : "",
                            random.nextInt(4) == 0 ? "vip;Ž" + i % 3 : "",
                            random.nextInt(3) == 0 ? "yes" : "",
                            own(i)));
        }
        return lines;
    }

    /** What the business itself keeps: a text, a number, a date, yes or no, a choice, several. */
    private String own(int row) {
        return String.join(
                ",",
                name(),
                random.nextInt(3) == 0 ? "" : random.nextInt(25) == 0 ? "large" : row % 50 + ".5",
                random.nextInt(3) == 0 ? "" : "20%02d-03-29".formatted(row % 20),
                List.of("yes", "NO", "", "ano").get(row % 4),
                random.nextInt(30) == 0
                        ? "no such"
                        : List.of("Gold", "silver", "").get(row % 3),
                List.of("Tea", "Tea; Čaj", "", "cup;tea").get(random.nextInt(4)));
    }

    /** Orders whose rows mostly stand together, and now and then far apart. */
    List<String> orders(int rows, int customers) {
        List<String> lines = new ArrayList<>(List.of(ORDERS));
        int order = 0;
        for (int i = 0; i < rows; i++) {
            order += random.nextInt(3) == 0 ? 0 : 1;
            int of = random.nextInt(10) == 0 ? random.nextInt(order + 1) : order;
            lines.add("O%d,2024-%02d-%02d 10:%02d,C%d,%s,%d,%s,%s,%s"
                    .formatted(
                            of,
                            1 + of % 12,
                            1 + of % 28,
                            of % 60,
                            of * 7 % (customers + 3),
                            random.nextInt(40) == 0 ? "free" : 5 + i % 90 + ".50",
                            1 + i % 3,
                            random.nextInt(15) == 0 ? "2.25" : "",
                            "Product " + i % 5 + (i % 11 == 0 ? "\\" : ""),
                            i % 4 == 0 ? "" : "Category " + i % 3));
        }
        return lines;
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
