package io.perennial.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a sample business sells, from {@code sample/XX-products.csv}. */
final class Catalogue {

    /** When a product is bought more. */
    enum Season {
        ALWAYS,
        SUMMER,
        WINTER
    }

    /**
     * @param price today's, in the business's currency
     * @param weight how often it is bought beside the others
     */
    record Product(String sku, String name, String category, BigDecimal price, double weight, Season season) {

        static Product of(String line) {
            String[] cells = line.split(",", -1);
            return new Product(
                    cells[0],
                    cells[1],
                    cells[2],
                    new BigDecimal(cells[3]),
                    Double.parseDouble(cells[4]),
                    switch (cells[5]) {
                        case "summer" -> Season.SUMMER;
                        case "winter" -> Season.WINTER;
                        default -> Season.ALWAYS;
                    });
        }
    }

    private static final double YEARLY_RISE = 1.04;

    private final Map<Season, Weighted<Product>> inSeason = new EnumMap<>(Season.class);
    private final BigDecimal step;

    private Catalogue(List<Product> products, BigDecimal step) {
        this.step = step;
        for (Season season : Season.values()) {
            inSeason.put(season, new Weighted<>(products, p -> p.weight() * boost(p.season(), season)));
        }
    }

    /**
     * @param step what prices are rounded to: a whole koruna, ten cents
     */
    static Catalogue of(String name, BigDecimal step) {
        List<Product> products = SampleFiles.lines(name + "-products.csv").stream()
                .skip(1)
                .map(Product::of)
                .toList();
        return new Catalogue(products, step);
    }

    Product draw(Draw draw, LocalDate day) {
        Season now = switch (day.getMonthValue()) {
            case 5, 6, 7, 8 -> Season.SUMMER;
            case 11, 12, 1, 2 -> Season.WINTER;
            default -> Season.ALWAYS;
        };
        return inSeason.getOrDefault(now, inSeason.values().iterator().next()).draw(draw);
    }

    /** What it cost that day: prices rose by four percent a year. */
    BigDecimal price(Product product, LocalDate day, LocalDate today) {
        double years = ChronoUnit.DAYS.between(day, today) / 365.25;
        return product.price()
                .multiply(BigDecimal.valueOf(Math.pow(YEARLY_RISE, -years)))
                .divide(step, 0, RoundingMode.HALF_UP)
                .multiply(step);
    }

    private static double boost(Season product, Season now) {
        if (product == Season.ALWAYS) {
            return 1;
        }
        return now == product ? 2.2 : now == Season.ALWAYS ? 0.9 : 0.25;
    }
}
