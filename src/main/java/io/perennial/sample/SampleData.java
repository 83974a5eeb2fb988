package io.perennial.sample;

import io.perennial.sample.Catalogue.Product;
import io.perennial.sample.People.Person;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The customers of a sample business and what they bought in three years, as the two files that its shop would export.
 * The same for everybody on the same day; a day later everything has moved on by a day.
 */
final class SampleData {

    private static final int DAYS = 3 * 365;

    /** One order, before it is written out. */
    private record Order(LocalDateTime at, int customer, boolean first) {}

    private record Home(People people, double share) {}

    private final SampleBusiness business;
    private final LocalDate today;
    private final LocalDateTime now;
    private final Draw draw;
    private final Catalogue catalogue;
    private final StringBuilder customers = new StringBuilder(1 << 20)
            .append("customer_id,email,first_name,last_name,gender,birthday,city,country,language,tags,newsletter,")
            .append("consent_date\n");
    private final List<Order> orders = new ArrayList<>();
    private final Set<String> addresses = new LinkedHashSet<>();

    SampleData(SampleBusiness business, Instant now) {
        this.business = business;
        this.now = LocalDateTime.ofInstant(now, business.zone());
        this.today = this.now.toLocalDate();
        this.draw = new Draw(business.key().hashCode());
        this.catalogue = Catalogue.of(business.key(), business.priceStep());
        people();
        orders.sort(Comparator.comparing(Order::at).thenComparingInt(Order::customer));
    }

    /** One row per customer, with a header, in UTF-8. */
    byte[] customersCsv() {
        return customers.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void people() {
        Weighted<Home> homes = new Weighted<>(
                business.countries().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new Home(People.of(entry.getKey()), entry.getValue()))
                        .toList(),
                Home::share);
        for (int i = 0; i < business.customers(); i++) {
            Draw own = draw.split();
            Person person = homes.draw(own).people().draw(own, business.shareOfWomen());
            LocalDate joined = joined(own);
            writeCustomer(i, person, address(own, person), joined, own);
            purchases(i, joined, own);
        }
    }

    /** More come as the business grows, and in its seasons. */
    private LocalDate joined(Draw own) {
        BuyingHabits habits = business.habits();
        while (true) {
            double share = own.uniform();
            LocalDate day = today.minusDays(DAYS - (long) (share * DAYS));
            double wanted = Math.pow(habits.growth(), share - 1) * habits.season(day) / habits.highestSeason();
            if (own.chance(wanted)) {
                return day;
            }
        }
    }

    private void purchases(int customer, LocalDate joined, Draw own) {
        BuyingHabits habits = business.habits();
        double rate = own.gamma(habits.shape(), habits.scale());
        double leaves = own.beta(habits.leaveA(), habits.leaveB());
        double day = ChronoUnit.DAYS.between(joined, today) * -1.0;
        order(customer, joined, true, own);
        while (!own.chance(leaves)) {
            do {
                day += own.exponential(rate * habits.highestSeason());
            } while (day < 1 && !own.chance(habits.season(today.plusDays((long) day)) / habits.highestSeason()));
            if (day >= 1) {
                return;
            }
            order(customer, today.plusDays((long) day), false, own);
        }
    }

    private void order(int customer, LocalDate day, boolean first, Draw own) {
        // Evenings and lunch hours; nobody buys at night.
        double hour = own.chance(0.55) ? 17 + 5 * own.uniform() : 8 + 9 * own.uniform();
        LocalDateTime at = day.atStartOfDay().plusSeconds((long) (hour * 3_600));
        if (at.isBefore(now)) {
            orders.add(new Order(at, customer, first));
        }
    }

    private void writeCustomer(int i, Person person, String email, LocalDate joined, Draw own) {
        List<String> tags = business.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(tag -> own.chance(tag.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        double consent = own.uniform();
        boolean asked = consent < 0.93;
        customers
                .append(customerId(i))
                .append(',')
                .append(email)
                .append(',')
                .append(person.firstName())
                .append(',')
                .append(person.lastName())
                .append(',')
                .append(person.female() ? "female" : "male")
                .append(',')
                .append(own.chance(0.72) ? birthday(own).toString() : "")
                .append(',')
                .append(person.city())
                .append(',')
                .append(person.country())
                .append(',')
                .append(language(person.country()))
                .append(',')
                .append(String.join(";", tags))
                .append(',')
                .append(asked ? (consent < 0.84 ? "yes" : "no") : "")
                .append(',')
                .append(asked ? joined.toString() : "")
                .append('\n');
    }

    /** One row per line of an order, oldest order first, with a header, in UTF-8. */
    byte[] ordersCsv() {
        StringBuilder csv = new StringBuilder(1 << 23)
                .append("order_id,customer_id,date,status,currency,sku,product,category,quantity,unit_price,discount,")
                .append("refunded,refund_date\n");
        Draw own = draw.split();
        for (int i = 0; i < orders.size(); i++) {
            writeOrder(csv, i, orders.get(i), own.split());
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Of its customers, in the order in which they are written. */
    List<String> addresses() {
        return List.copyOf(addresses);
    }

    private void writeOrder(StringBuilder csv, int number, Order order, Draw own) {
        LocalDate day = order.at().toLocalDate();
        double fate = own.uniform();
        String status = fate < 0.015 ? "cancelled" : fate < 0.03 ? "refunded" : "paid";
        BigDecimal discount = own.chance(0.08) ? new BigDecimal("0.10") : BigDecimal.ZERO;
        Set<Product> basket = new HashSet<>();
        int lines = 1 + own.poisson(business.habits().basket());
        for (int line = 0; line < lines; line++) {
            Product product = catalogue.draw(own, day);
            if (!basket.add(product)) {
                continue;
            }
            BigDecimal price = catalogue.price(product, day, today);
            int quantity = own.chance(0.82) ? 1 : own.chance(0.75) ? 2 : 3 + own.below(3);
            BigDecimal off = price.multiply(BigDecimal.valueOf(quantity))
                    .multiply(discount)
                    .setScale(2, RoundingMode.HALF_UP);
            csv.append(business.country())
                    .append(100_000 + number)
                    .append(',')
                    .append(customerId(order.customer()))
                    .append(',')
                    .append(order.at().toString().replace('T', ' '))
                    .append(',')
                    .append(status)
                    .append(',')
                    .append(business.currency().getCurrencyCode())
                    .append(',')
                    .append(product.sku())
                    .append(',')
                    .append(product.name())
                    .append(',')
                    .append(product.category())
                    .append(',')
                    .append(quantity)
                    .append(',')
                    .append(price.toPlainString())
                    .append(',')
                    .append(off.signum() == 0 ? "" : off.toPlainString())
                    .append(",,\n");
        }
    }

    private String customerId(int i) {
        return business.country() + (10_001 + i);
    }

    private LocalDate birthday(Draw own) {
        int age = 19 + (int) (46 * (own.uniform() + own.uniform()) / 2) + (own.chance(0.15) ? 12 : 0);
        return today.minusYears(age).minusDays(own.below(365));
    }

    private String address(Draw own, Person person) {
        String stem = plain(person.firstName()) + "." + plain(person.lastName());
        String domain =
                business.mailDomains().get(own.below(business.mailDomains().size()));
        String address = stem + "@" + domain;
        while (!addresses.add(address)) {
            address = stem + (own.chance(0.5) ? 50 + own.below(56) % 100 : own.below(1_000)) + "@" + domain;
        }
        return address;
    }

    private static String language(String country) {
        return switch (country) {
            case "CZ" -> "cs-CZ";
            case "SK" -> "sk-SK";
            case "HR" -> "hr-HR";
            case "AT" -> "de-AT";
            case "SI" -> "sl-SI";
            default -> "pl-PL";
        };
    }

    private static String plain(String name) {
        return Normalizer.normalize(
                        name.replace('ł', 'l')
                                .replace('Ł', 'L')
                                .replace('đ', 'd')
                                .replace('Đ', 'D'),
                        Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }
}
