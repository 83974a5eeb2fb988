package io.perennial.sample;

import io.perennial.accounts.Role;
import io.perennial.customers.ConsentTopic;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A made-up business. Every address in it lies below {@code .example}, which belongs to nobody (RFC 2606), so nothing
 * can ever be delivered.
 *
 * @param key of its files and the stem of its addresses
 * @param customers how many
 * @param shareOfWomen among them
 * @param countries where they live, by weight
 * @param priceStep what prices are rounded to
 * @param mailDomains of its customers
 * @param tags that some customers have, by share
 * @param topics of its mails, in its customers' language
 */
record SampleBusiness(
        String key,
        String name,
        String country,
        Locale locale,
        ZoneId zone,
        Currency currency,
        String postalAddress,
        String senderName,
        int customers,
        double shareOfWomen,
        Map<String, Double> countries,
        BigDecimal priceStep,
        List<String> mailDomains,
        Map<String, Double> tags,
        List<ConsentTopic> topics,
        BuyingHabits habits,
        List<Colleague> staff) {

    /** Somebody who works there; the same address may work in several businesses. */
    record Colleague(String name, String email, Role role, boolean operator) {

        Colleague(String name, String email, Role role) {
            this(name, email, role, false);
        }
    }

    static final String PASSWORD = "perennial";

    /** Belongs to all three. */
    private static final String CONSULTANT = "ema@perennial.example";

    String senderEmail() {
        return "hello@" + key + ".example";
    }

    /** Loaded in this order. */
    static List<SampleBusiness> all() {
        return List.of(coffeeRoaster(), outdoorShop(), pharmacy());
    }

    private static SampleBusiness coffeeRoaster() {
        return new SampleBusiness(
                "tichykopec",
                "Pražírna Tichý kopec",
                "CZ",
                Locale.of("cs", "CZ"),
                ZoneId.of("Europe/Prague"),
                Currency.getInstance("CZK"),
                "Pražírna Tichý kopec s.r.o.\nVzorová 12\n602 00 Brno\nČesko",
                "Pražírna Tichý kopec",
                5_000,
                0.46,
                Map.of("CZ", 0.94, "SK", 0.06),
                BigDecimal.ONE,
                List.of("posta.example", "email.example", "schranka.example"),
                Map.of("předplatné", 0.07, "kavárna", 0.015),
                List.of(
                        new ConsentTopic(ConsentTopic.NEWS, "Novinky a nabídky", "Nové kávy a slevy"),
                        new ConsentTopic("events", "Ochutnávky a kurzy", "Pozvánky k nám do pražírny")),
                new BuyingHabits(
                        1.2,
                        44,
                        0.8,
                        4.4,
                        0.75,
                        2.4,
                        new double[] {1.0, 0.98, 1.02, 0.98, 0.93, 0.88, 0.8, 0.82, 0.98, 1.08, 1.25, 1.5},
                        new double[] {1.12, 1.08, 1.05, 1.02, 0.95, 0.82, 0.96}),
                List.of(
                        new Colleague("Tereza Horáková", "tereza@tichykopec.example", Role.OWNER),
                        new Colleague("Jakub Veselý", "jakub@tichykopec.example", Role.MARKETER),
                        new Colleague("Lucie Malá", "lucie@tichykopec.example", Role.SUPPORT),
                        new Colleague("Ema Lindová", CONSULTANT, Role.ANALYST),
                        new Colleague("Viktor Sýkora", "operator@perennial.example", Role.ANALYST, true)));
    }

    private static SampleBusiness outdoorShop() {
        return new SampleBusiness(
                "gorskastaza",
                "Gorska staza",
                "HR",
                Locale.of("hr", "HR"),
                ZoneId.of("Europe/Zagreb"),
                Currency.getInstance("EUR"),
                "Gorska staza d.o.o.\nUlica primjera 7\n10000 Zagreb\nHrvatska",
                "Gorska staza",
                6_000,
                0.44,
                Map.of("HR", 0.72, "AT", 0.15, "SI", 0.13),
                new BigDecimal("0.10"),
                List.of("posta.example", "mail.example", "inbox.example"),
                Map.of("klub", 0.12, "planinarsko društvo", 0.04),
                List.of(
                        new ConsentTopic(ConsentTopic.NEWS, "Novosti i ponude", "Nova oprema i popusti"),
                        new ConsentTopic("events", "Izleti i radionice", "Pozivi na zajedničke izlete")),
                new BuyingHabits(
                        0.9,
                        85,
                        0.9,
                        3.1,
                        1.1,
                        2.0,
                        new double[] {0.8, 0.8, 0.95, 1.1, 1.25, 1.3, 1.1, 0.9, 0.95, 0.95, 1.15, 1.35},
                        new double[] {0.95, 0.93, 0.95, 1.05, 1.15, 1.1, 0.87}),
                List.of(
                        new Colleague("Marko Radić", "marko@gorskastaza.example", Role.OWNER),
                        new Colleague("Petra Jurić", "petra@gorskastaza.example", Role.ADMIN),
                        new Colleague("Luka Babić", "luka@gorskastaza.example", Role.MARKETER),
                        new Colleague("Ema Lindová", CONSULTANT, Role.MARKETER)));
    }

    private static SampleBusiness pharmacy() {
        return new SampleBusiness(
                "srebrnabrzoza",
                "Apteka Srebrna Brzoza",
                "PL",
                Locale.of("pl", "PL"),
                ZoneId.of("Europe/Warsaw"),
                Currency.getInstance("PLN"),
                "Apteka Srebrna Brzoza sp. z o.o.\nul. Przykładowa 3\n30-001 Kraków\nPolska",
                "Apteka Srebrna Brzoza",
                5_500,
                0.63,
                Map.of("PL", 1.0),
                new BigDecimal("0.10"),
                List.of("poczta.example", "skrzynka.example", "mail.example"),
                Map.of("karta seniora", 0.14, "młodzi rodzice", 0.09),
                List.of(
                        new ConsentTopic(ConsentTopic.NEWS, "Nowości i oferty", "Promocje i nowe produkty"),
                        new ConsentTopic("events", "Porady i badania", "Dni badań i porady farmaceuty")),
                new BuyingHabits(
                        1.0,
                        70,
                        0.7,
                        4.6,
                        1.0,
                        1.7,
                        new double[] {1.25, 1.2, 1.1, 0.95, 0.9, 0.88, 0.82, 0.82, 0.98, 1.1, 1.15, 1.1},
                        new double[] {1.18, 1.1, 1.05, 1.0, 1.02, 0.95, 0.7}),
                List.of(
                        new Colleague("Katarzyna Wrona", "katarzyna@srebrnabrzoza.example", Role.OWNER),
                        new Colleague("Michał Sikora", "michal@srebrnabrzoza.example", Role.MARKETER),
                        new Colleague("Ola Dudek", "ola@srebrnabrzoza.example", Role.SUPPORT),
                        new Colleague("Ema Lindová", CONSULTANT, Role.OWNER)));
    }
}
