package io.perennial.customers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A modest shop to look around with: 240 customers and what they bought in a year and a half, as the two files that its
 * till would export. The same for everybody on the same day but for the currency. Every address lies below {@code
 * .example}, which belongs to nobody (RFC 2606), so nothing can be delivered to these people.
 *
 * <p>Purchases are Poisson with a rate of each customer's own, and after each purchase some leave for good, so that
 * there are regulars, newcomers, and people who have stayed away for longer than their own rhythm.
 */
final class SampleShop {

    static final int CUSTOMERS = 240;

    /** Under which the made-up customers can be found and chosen. */
    static final String TAG = "sample";

    private static final int DAYS = 540;
    private static final int SEED = 20_260_101;

    private static final List<String> WOMEN = List.of(
            "Alice", "Amara", "Beatrix", "Carmen", "Daria", "Elin", "Eva", "Farah", "Greta", "Hana", "Ida", "Jasmin",
            "Klara", "Lena", "Maya", "Nina", "Olivia", "Petra", "Rosa", "Sofia", "Tara", "Vera", "Yara", "Zoe");
    private static final List<String> MEN = List.of(
            "Adam", "Anton", "Bruno", "Carlo", "David", "Emil", "Felix", "Filip", "Georg", "Hugo", "Ivan", "Jakub",
            "Karim", "Leo", "Marek", "Nils", "Oskar", "Pavel", "Robin", "Samuel", "Tom", "Viktor", "Willem", "Yusuf");
    private static final List<String> SURNAMES = List.of(
            "Adler", "Berg", "Costa", "Dvorak", "Egger", "Fontana", "Gruber", "Horvat", "Ivers", "Janda", "Kowal",
            "Lindt", "Moreau", "Novak", "Olsen", "Perez", "Quist", "Rossi", "Silva", "Toth", "Urban", "Vogel", "Weiss",
            "Zeman");

    /** Price in euros. */
    private record Product(String sku, String name, String category, double price) {}

    private static final List<Product> PRODUCTS = List.of(
            new Product("C-250", "House blend 250 g", "Coffee", 8.9),
            new Product("C-1000", "House blend 1 kg", "Coffee", 29),
            new Product("C-ETH", "Ethiopia single origin 250 g", "Coffee", 12.5),
            new Product("C-DEC", "Decaf 250 g", "Coffee", 9.9),
            new Product("T-EG", "Earl Grey 100 g", "Tea", 7.5),
            new Product("T-GRN", "Green tea 100 g", "Tea", 8.2),
            new Product("S-BRW", "Brownies, box of six", "Sweets", 11),
            new Product("S-GRA", "Granola 500 g", "Sweets", 6.8),
            new Product("G-CUP", "Stoneware cup", "Gifts", 16),
            new Product("G-FIL", "Hand filter", "Gifts", 24),
            new Product("G-BOX", "Gift box", "Gifts", 39));

    /** Roughly what a euro buys; a shop's prices need no more to look like its own. */
    private static final Map<String, Double> TO_THE_EURO = Map.ofEntries(
            Map.entry("CZK", 25.0),
            Map.entry("PLN", 4.3),
            Map.entry("HUF", 400.0),
            Map.entry("RON", 5.0),
            Map.entry("SEK", 11.0),
            Map.entry("NOK", 11.5),
            Map.entry("DKK", 7.5),
            Map.entry("UAH", 45.0),
            Map.entry("TRY", 40.0),
            Map.entry("INR", 95.0),
            Map.entry("JPY", 165.0),
            Map.entry("KRW", 1_500.0),
            Map.entry("THB", 38.0),
            Map.entry("IDR", 17_500.0),
            Map.entry("VND", 28_000.0));

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final LocalDate today;
    private final String country;
    private final String currency;
    private final int decimals;
    private final StringBuilder customers = new StringBuilder(
            "customer_id,email,first_name,last_name,gender,birthday,country,tags,newsletter,consent_date\n");
    private final StringBuilder orders =
            new StringBuilder("order_id,customer_id,date,status,currency,sku,product,category,quantity,price\n");
    private int ordered;

    /**
     * @param now in the business's zone; nothing is bought after it
     * @param decimals that the currency has
     */
    SampleShop(LocalDateTime now, String country, String currency, int decimals) {
        this.today = now.toLocalDate();
        this.country = country;
        this.currency = currency;
        this.decimals = decimals;
        for (int i = 0; i < CUSTOMERS; i++) {
            customer(i, new SplittableRandom(random.nextLong()));
        }
    }

    byte[] customersCsv() {
        return customers.toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] ordersCsv() {
        return orders.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void customer(int i, SplittableRandom own) {
        boolean woman = own.nextDouble() < 0.55;
        String first = pick(woman ? WOMEN : MEN, own);
        String last = pick(SURNAMES, own);
        String id = "SAMPLE-" + (1_001 + i);
        // More come as the shop becomes known.
        LocalDate joined = today.minusDays(DAYS - (long) (DAYS * Math.sqrt(own.nextDouble())));
        LocalDate birthday = today.minusYears(20 + own.nextInt(50)).minusDays(own.nextInt(365));
        boolean hears = own.nextDouble() < 0.72;
        customers
                .append(id)
                .append(',')
                .append((first + '.' + last).toLowerCase(Locale.ROOT))
                .append(1_001 + i)
                .append("@customer.example,")
                .append(first)
                .append(',')
                .append(last)
                .append(',')
                .append(woman ? "female" : "male")
                .append(',')
                .append(own.nextDouble() < 0.6 ? birthday : "")
                .append(',')
                .append(country)
                .append(',')
                .append(TAG)
                .append(',')
                .append(hears ? "yes" : "")
                .append(',')
                .append(hears ? joined : "")
                .append('\n');
        purchases(id, joined, own);
    }

    private void purchases(String id, LocalDate joined, SplittableRandom own) {
        double gap = 18 + 70 * own.nextDouble() * own.nextDouble();
        double leaves = 0.04 + 0.3 * own.nextDouble() * own.nextDouble();
        LocalDate day = joined;
        while (day.isBefore(today)) {
            order(id, day, own);
            if (own.nextDouble() < leaves) {
                return;
            }
            day = day.plusDays(1 + (long) (-Math.log(1 - own.nextDouble()) * gap));
        }
    }

    private void order(String id, LocalDate day, SplittableRandom own) {
        int number = ++ordered;
        LocalDateTime at = day.atTime(LocalTime.of(8 + own.nextInt(11), own.nextInt(60)));
        String status = own.nextDouble() < 0.02 ? "refunded" : "paid";
        int lines = 1 + own.nextInt(3);
        int from = own.nextInt(PRODUCTS.size());
        for (int line = 0; line < lines; line++) {
            Product product = PRODUCTS.get((from + line * 3) % PRODUCTS.size());
            orders.append("SAMPLE-")
                    .append(100_000 + number)
                    .append(',')
                    .append(id)
                    .append(',')
                    .append(at.toString().replace('T', ' '))
                    .append(',')
                    .append(status)
                    .append(',')
                    .append(currency)
                    .append(',')
                    .append(product.sku())
                    .append(',')
                    .append('"')
                    .append(product.name())
                    .append("\",")
                    .append(product.category())
                    .append(',')
                    .append(own.nextDouble() < 0.8 ? 1 : 2)
                    .append(',')
                    .append(price(product))
                    .append('\n');
        }
    }

    private String price(Product product) {
        double rate = TO_THE_EURO.getOrDefault(currency, 1.0);
        return BigDecimal.valueOf(product.price() * rate)
                .setScale(rate >= 10 ? 0 : Math.min(2, decimals), RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String pick(List<String> names, SplittableRandom own) {
        return names.get(own.nextInt(names.size()));
    }
}
