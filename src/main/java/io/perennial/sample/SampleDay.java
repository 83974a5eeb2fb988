package io.perennial.sample;

import io.perennial.promotions.Offer;
import io.perennial.promotions.OfferKind;
import java.math.BigDecimal;
import java.util.List;

/**
 * An appreciation day of a sample business.
 *
 * @param daysFromNow the day itself; one that was announced by now has its vouchers and those who came
 * @param good how many days its vouchers are good, that one included
 * @param shareOfBuyers how many of a hundred voucher holders who bought in these days had it with them
 */
record SampleDay(String name, Offer offer, int daysFromNow, int good, int shareOfBuyers) {

    /** The announcement goes out so many days before. */
    static final int TOLD_BEFORE = 4;

    boolean isAnnounced() {
        return daysFromNow < TOLD_BEFORE;
    }

    boolean isOver() {
        return daysFromNow + good <= 0;
    }

    static List<SampleDay> of(SampleBusiness business) {
        return switch (business.key()) {
            case "tichykopec" ->
                List.of(
                        new SampleDay("Den díků štamgastům", thing(OfferKind.PRODUCT, "espresso", "14"), -31, 7, 74),
                        new SampleDay("Mikulášská káva", percent("15"), 12, 7, 0));
            case "gorskastaza" -> List.of(new SampleDay("Dan zahvale", percent("12"), -3, 8, 61));
            default ->
                List.of(new SampleDay(
                        "Dzień stałego klienta",
                        new Offer(OfferKind.AMOUNT, new BigDecimal("15"), null, null),
                        -38,
                        10,
                        68));
        };
    }

    private static Offer percent(String value) {
        return new Offer(OfferKind.PERCENT, new BigDecimal(value), null, null);
    }

    private static Offer thing(OfferKind kind, String name, String unitCost) {
        return new Offer(kind, null, name, new BigDecimal(unitCost));
    }
}
