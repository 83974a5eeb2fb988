package io.perennial.scale;

import io.perennial.customers.Article;
import java.util.List;

/** What the shop sells, where its customers live and what they are called. */
final class Assortment {

    static final List<String> FIRST = List.of(
            "Jana",
            "Marie",
            "Eva",
            "Hana",
            "Anna",
            "Lenka",
            "Tereza",
            "Lucie",
            "Petra",
            "Kateřina",
            "Jiří",
            "Jan",
            "Petr",
            "Josef",
            "Pavel",
            "Martin",
            "Tomáš",
            "Jaroslav",
            "Ondřej",
            "Miroslav",
            "Zuzana",
            "Klára",
            "Vojtěch",
            "Jakub");
    static final List<String> LAST = List.of(
            "Nováková",
            "Svobodová",
            "Novotná",
            "Dvořáková",
            "Černá",
            "Procházková",
            "Kučerová",
            "Veselá",
            "Horáková",
            "Němcová",
            "Novák",
            "Svoboda",
            "Novotný",
            "Dvořák",
            "Černý",
            "Procházka",
            "Kučera",
            "Veselý",
            "Krejčí",
            "Horák",
            "Němec",
            "Pokorný",
            "Marek",
            "Pospíšil",
            "Hájek",
            "Jelínek",
            "Král",
            "Růžička",
            "Beneš",
            "Fiala");
    static final List<String> TAGS =
            List.of("newsletter", "shop", "fair", "wholesale", "vip", "workshop", "press", "friend");

    private static final List<String> CITIES = List.of(
            "Praha",
            "Brno",
            "Ostrava",
            "Plzeň",
            "Liberec",
            "Olomouc",
            "České Budějovice",
            "Hradec Králové",
            "Ústí nad Labem",
            "Pardubice",
            "Zlín",
            "Havířov",
            "Kladno",
            "Most",
            "Opava",
            "Frýdek-Místek",
            "Jihlava",
            "Karviná",
            "Teplice",
            "Děčín",
            "Chomutov",
            "Karlovy Vary",
            "Jablonec nad Nisou",
            "Mladá Boleslav",
            "Prostějov",
            "Přerov",
            "Česká Lípa",
            "Třebíč",
            "Tábor",
            "Znojmo",
            "Kolín",
            "Příbram",
            "Cheb",
            "Trutnov",
            "Písek",
            "Orlová",
            "Kroměříž",
            "Vsetín",
            "Šumperk",
            "Hodonín");
    private static final List<String> CATEGORIES = List.of(
            "Coffee",
            "Tea",
            "Chocolate",
            "Mugs",
            "Grinders",
            "Filters",
            "Espresso machines",
            "Syrups",
            "Honey",
            "Gift boxes",
            "Matcha",
            "Cold brew",
            "Kettles",
            "Scales",
            "Books",
            "Courses",
            "Biscuits",
            "Sugar",
            "Cleaning",
            "Bottles",
            "Vouchers",
            "Clothes",
            "Spare parts",
            "Candles");

    /** A product: its place in the assortment says everything else. */
    record Product(int rank, String sku, String name, String category, long article, double price) {}

    private static final int VILLAGES = 400;
    private static final int PRODUCTS = 1_200;
    private static final Zipf BY_CATEGORY = new Zipf(CATEGORIES.size(), 1);
    private static final Zipf BY_PRODUCT = new Zipf(PRODUCTS / CATEGORIES.size(), 1);
    private static final Zipf BY_CITY = new Zipf(CITIES.size() + VILLAGES, 0.9);

    private final Product[] products = new Product[PRODUCTS];

    Assortment(long seed) {
        int each = PRODUCTS / CATEGORIES.size();
        for (int i = 0; i < PRODUCTS; i++) {
            String category = CATEGORIES.get(i / each);
            double price = Math.round(Math.exp(5.2 + 0.7 * Dice.of(seed, 90, i).normal()));
            String sku = "S%05d".formatted(10_000 + i);
            String name = category + " No. " + (i % each + 1);
            products[i] =
                    new Product(i, sku, name, category, new Article(sku, name, category).id(), Math.max(9, price));
        }
    }

    Product product(Dice dice) {
        return products[BY_CATEGORY.draw(dice) * BY_PRODUCT.size() + BY_PRODUCT.draw(dice)];
    }

    static String city(Dice dice) {
        int rank = BY_CITY.draw(dice);
        return rank < CITIES.size() ? CITIES.get(rank) : "Lhota " + (rank - CITIES.size() + 1);
    }

    static <T> T any(List<T> list, Dice dice) {
        return list.get(dice.below(list.size()));
    }
}
