package io.perennial.segments;

import io.perennial.customers.Article;
import io.perennial.customers.SuppressionReason;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.CustomerFacts.Consent;
import io.perennial.segments.CustomerFacts.Deed;
import io.perennial.segments.CustomerFacts.Line;
import io.perennial.segments.CustomerFacts.Order;
import io.perennial.segments.CustomerFacts.Person;
import io.perennial.segments.CustomerFacts.Summary;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Customers with every oddity a rule may meet, both in the database and as facts. */
final class RandomCustomers {

    static final List<String> NAMES = List.of("Ada", "ADA", "Adéla", "Jiří", "jiri", "Łukasz", "Straße", "100%_x", "");
    static final List<String> CITIES =
            List.of("Praha", "praha", "Plzeň", "Plzen", "Brno", "Đakovo", "Łódź", "New York");
    static final List<String> TAGS = List.of("vip", "Café", "wholesale");
    static final List<String> TOPICS = List.of("news", "offers");
    static final List<String> CATEGORIES = List.of("Coffee", "coffee", "Tea", "Šálky");
    static final List<String> PRODUCTS = List.of("Espresso", "Filter", "Mug");

    private final Random random;
    private final JdbcTemplate jdbc;
    private final TenantId tenant;
    private final RuleContext context;
    private final MailsAndVouchers around;
    private final RandomAttributes attributes;

    RandomCustomers(Random random, JdbcTemplate jdbc, RuleContext context) {
        this.random = random;
        this.jdbc = jdbc;
        this.tenant = context.tenant();
        this.context = context;
        this.attributes = new RandomAttributes(random, jdbc, context.tenant());
        this.around = new MailsAndVouchers(random, jdbc, context);
    }

    List<CustomerFacts> insert(int count) {
        for (String topic : TOPICS) {
            jdbc.update(
                    "INSERT INTO consent_topic (tenant_id, code, name, position) VALUES (?, ?, ?, 1)",
                    tenant.value(),
                    topic,
                    topic);
        }
        around.open();
        attributes.define();
        List<CustomerFacts> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CustomerFacts customer = make(i);
            store(customer);
            all.add(customer);
        }
        return all;
    }

    /** Ids of the mailings and promotions of the business. */
    List<Long> about(String kind) {
        return kind.startsWith("MAIL") ? around.runs() : around.promotions();
    }

    private CustomerFacts make(int i) {
        List<Order> orders = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            orders.add(order());
        }
        String email = maybe(() -> "person" + i + (random.nextBoolean() ? "@shop.example" : "@mail.example"));
        return new CustomerFacts(
                TimeOrderedIds.next(),
                new Person(
                        maybe(() -> pick(NAMES)),
                        maybe(() -> pick(NAMES)),
                        email,
                        maybe(() -> "+420 60" + random.nextInt(10)),
                        maybe(() -> "K" + i),
                        maybe(() -> pick(List.of("f", "m"))),
                        maybe(this::birthday),
                        maybe(() -> pick(CITIES)),
                        maybe(() -> pick(List.of("CZ", "PL"))),
                        maybe(() -> pick(List.of("cs-CZ", "pl-PL"))),
                        maybe(() -> pick(List.of("Europe/Prague", "Asia/Tokyo")))),
                moment(),
                subset(TAGS),
                consents(),
                email != null && random.nextInt(3) == 0 ? pick(List.of(SuppressionReason.values())) : null,
                orders.stream().anyMatch(RandomCustomers::isValid) ? summary(orders) : maybe(() -> summary(orders)),
                orders,
                attributes.values(),
                deeds(),
                Set.of());
    }

    private List<Consent> consents() {
        List<Consent> consents = new ArrayList<>();
        for (String topic : TOPICS) {
            if (random.nextInt(3) > 0) {
                consents.add(new Consent(topic, random.nextBoolean(), moment()));
            }
        }
        return consents;
    }

    /** Only what people did: the rest is in the database alone, where nobody may count it. */
    private Map<String, List<Deed>> deeds() {
        Map<String, List<Deed>> deeds = new HashMap<>();
        for (String kind : List.of(
                "MAIL_SENT", "MAIL_OPENED", "MAIL_CLICKED", "VOUCHER_GIVEN", "VOUCHER_REDEEMED", "VOUCHER_LAPSED")) {
            deeds.put(kind, new ArrayList<>());
        }
        for (long run : around.runs()) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            long message = TimeOrderedIds.next();
            deeds.get("MAIL_SENT").add(new Deed(moment(), message, run, null));
            for (int n = random.nextInt(3); n > 0; n--) {
                deeds.get("MAIL_OPENED").add(new Deed(moment(), message, run, null));
            }
            for (int n = random.nextInt(3); n > 0; n--) {
                deeds.get("MAIL_CLICKED").add(new Deed(moment(), message, run, 1L + random.nextInt(2)));
            }
        }
        for (long promotion : around.promotions()) {
            if (random.nextBoolean()) {
                long voucher = TimeOrderedIds.next();
                deeds.get("VOUCHER_GIVEN").add(new Deed(moment(), voucher, promotion, null));
                if (random.nextBoolean()) {
                    deeds.get("VOUCHER_REDEEMED").add(new Deed(moment(), voucher, promotion, null));
                } else if (random.nextBoolean()) {
                    deeds.get("VOUCHER_LAPSED").add(new Deed(moment(), voucher, promotion, null));
                }
            }
        }
        return deeds;
    }

    private LocalDate birthday() {
        return switch (random.nextInt(5)) {
            case 0 -> LocalDate.of(1996, 2, 29);
            case 1 -> context.today().minusYears(30).plusDays(random.nextInt(5) - 2L);
            default -> LocalDate.of(1950 + random.nextInt(55), 1, 1).plusDays(random.nextInt(365));
        };
    }

    private Order order() {
        List<Line> lines = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            lines.add(new Line(
                    maybe(() -> "SKU" + random.nextInt(3)),
                    pick(PRODUCTS),
                    maybe(() -> pick(CATEGORIES)),
                    BigDecimal.valueOf(1 + random.nextInt(3)),
                    BigDecimal.valueOf(random.nextInt(100))));
        }
        BigDecimal value = BigDecimal.valueOf(random.nextInt(5) == 0 ? 0 : 10L * (1 + random.nextInt(10)));
        boolean refunded = value.signum() > 0 && random.nextInt(4) == 0;
        Instant at = moment();
        return new Order(
                TimeOrderedIds.next(),
                at,
                context.dayOf(at),
                pick(List.of("PAID", "PAID", "PAID", "REFUNDED", "CANCELLED", "TEST")),
                value,
                refunded ? value.divide(BigDecimal.TWO) : BigDecimal.ZERO,
                lines);
    }

    private static boolean isValid(Order order) {
        return order.status().equals("PAID") && order.netValue().signum() > 0;
    }

    private Summary summary(List<Order> orders) {
        List<Order> valid = orders.stream().filter(RandomCustomers::isValid).toList();
        Comparator<Instant> order = Comparator.naturalOrder();
        return new Summary(
                valid.size(),
                (int) valid.stream().map(Order::day).distinct().count(),
                valid.stream().map(o -> o.netValue().subtract(o.refunded())).reduce(BigDecimal.ZERO, BigDecimal::add),
                valid.stream().map(Order::at).min(order).orElse(null),
                valid.stream().map(Order::at).max(order).orElse(null),
                maybe(() -> 1 + random.nextInt(5)),
                maybe(() -> 1 + random.nextInt(5)),
                maybe(() -> 1 + random.nextInt(5)),
                maybe(() -> random.nextInt(11) / 10.0),
                maybe(() -> BigDecimal.valueOf(random.nextInt(500))));
    }

    /** Mostly at the edges of the tenant's days, where mistakes of zones show. */
    private Instant moment() {
        Instant midnight = context.startOf(context.today().minusDays(random.nextInt(100)));
        return switch (random.nextInt(4)) {
            case 0 -> midnight;
            case 1 -> midnight.minusSeconds(1);
            case 2 -> midnight.plusSeconds(1);
            default -> midnight.plusSeconds(random.nextInt(86_400));
        };
    }

    private void store(CustomerFacts c) {
        Person p = c.person();
        jdbc.update(
                "INSERT INTO customer (tenant_id, id, external_id, email, first_name, last_name, phone, gender, birthday, "
                        + "city, country, locale, zone, created_at, updated_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tenant.value(),
                c.id(),
                p.externalId(),
                p.email(),
                p.firstName(),
                p.lastName(),
                p.phone(),
                p.gender(),
                p.birthday(),
                p.city(),
                p.country(),
                p.locale(),
                p.zone(),
                utc(c.createdAt()),
                utc(c.createdAt()));
        c.tags()
                .forEach(tag -> jdbc.update(
                        "INSERT INTO customer_tag (tenant_id, customer_id, tag) VALUES (?, ?, ?)",
                        tenant.value(),
                        c.id(),
                        tag));
        c.consents()
                .forEach(consent -> jdbc.update(
                        "INSERT INTO consent (tenant_id, customer_id, topic, status, at, source) "
                                + "VALUES (?, ?, ?, ?, ?, 'test')",
                        tenant.value(),
                        c.id(),
                        consent.topic(),
                        consent.granted() ? "GRANTED" : "WITHDRAWN",
                        utc(consent.at())));
        if (p.email() != null && c.suppression() != null) {
            jdbc.update(
                    "INSERT INTO suppression (tenant_id, email_hash, email, reason, at) "
                            + "VALUES (?, UNHEX(SHA2(?, 256)), ?, ?, UTC_TIMESTAMP(6))",
                    tenant.value(),
                    new EmailAddress(p.email()).value(),
                    new EmailAddress(p.email()).value(),
                    c.suppression().name());
        }
        if (c.summary() != null) {
            Summary s = c.summary();
            jdbc.update(
                    "INSERT INTO customer_summary (tenant_id, customer_id, orders, order_days, first_order_at, "
                            + "last_order_at, value, rfm_recency, rfm_frequency, rfm_monetary, churn_risk, clv) "
                            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    tenant.value(),
                    c.id(),
                    s.orders(),
                    s.orderDays(),
                    utc(s.first()),
                    utc(s.last()),
                    s.value(),
                    s.recency(),
                    s.frequency(),
                    s.monetary(),
                    s.churnRisk(),
                    s.clv());
        }
        c.orders().forEach(order -> store(c, order));
        around.store(c);
        attributes.store(c);
    }

    private void store(CustomerFacts c, Order o) {
        jdbc.update(
                "INSERT INTO customer_order (tenant_id, id, customer_id, external_id, ordered_at, ordered_on, "
                        + "status, currency, amount, net_value, refunded) VALUES (?, ?, ?, ?, ?, ?, ?, 'CZK', ?, ?, ?)",
                tenant.value(),
                o.id(),
                c.id(),
                "o" + o.id(),
                utc(o.at()),
                o.day(),
                o.status(),
                o.netValue(),
                o.netValue(),
                o.refunded());
        for (int i = 0; i < o.lines().size(); i++) {
            Line l = o.lines().get(i);
            Article article = new Article(l.sku(), l.product(), l.category());
            jdbc.update(
                    "INSERT IGNORE INTO article (tenant_id, id, sku, product, category) VALUES (?, ?, ?, ?, ?)",
                    tenant.value(),
                    article.id(),
                    l.sku(),
                    l.product(),
                    l.category());
            jdbc.update(
                    "INSERT INTO order_line (tenant_id, order_id, line_no, customer_id, ordered_at, counted, sku, product, "
                            + "category, article_id, quantity, net_value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    tenant.value(),
                    o.id(),
                    i + 1,
                    c.id(),
                    utc(o.at()),
                    o.status().equals("PAID") && o.netValue().signum() > 0,
                    l.sku(),
                    l.product(),
                    l.category(),
                    article.id(),
                    l.quantity(),
                    l.netValue());
        }
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant at) {
        return at == null ? null : LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextInt(4) == 0 ? null : value.get();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Set<String> subset(List<String> values) {
        Set<String> some = new HashSet<>(values);
        some.removeIf(v -> random.nextBoolean());
        return some;
    }
}
