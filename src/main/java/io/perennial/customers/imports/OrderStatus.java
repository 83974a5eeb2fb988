package io.perennial.customers.imports;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an order can be, and how shops call it. Orders not paid yet are none of these. */
enum OrderStatus {
    PAID("paid completed complete fulfilled shipped delivered closed done success processed partiallyrefunded "
            + "zaplaceno zaplacena vyrizeno vyrizena dokonceno dokoncena doruceno dorucena odeslano odeslana "
            + "oplacone zrealizowane zakonczone dostarczone wyslane bezahlt abgeschlossen versandt geliefert"),
    REFUNDED("refunded returned vraceno vracena refundovano zwrocone zwrot erstattet retourniert"),
    CANCELLED(
            "cancelled canceled void voided storno stornovano stornovana zruseno zrusena anulowane anulowano storniert "
                    + "abgebrochen"),
    TEST("test testorder");

    private static final Map<String, OrderStatus> WORDS = new HashMap<>();

    static {
        for (OrderStatus status : values()) {
            for (String word : status.words.split(" ")) {
                WORDS.put(word, status);
            }
        }
    }

    private final String words;

    OrderStatus(String words) {
        this.words = words;
    }

    static @Nullable OrderStatus of(String text) {
        return WORDS.get(ImportWords.plain(text));
    }
}
