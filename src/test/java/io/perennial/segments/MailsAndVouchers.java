package io.perennial.segments;

import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.CustomerFacts.Deed;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Mailings and promotions of a business, and what its customers did with them; also what no person did. */
final class MailsAndVouchers {

    private final Random random;
    private final JdbcTemplate jdbc;
    private final RuleContext context;
    private final List<Long> runs = new ArrayList<>();
    private final List<Long> promotions = new ArrayList<>();

    MailsAndVouchers(Random random, JdbcTemplate jdbc, RuleContext context) {
        this.random = random;
        this.jdbc = jdbc;
        this.context = context;
    }

    List<Long> runs() {
        return List.copyOf(runs);
    }

    List<Long> promotions() {
        return List.copyOf(promotions);
    }

    void open() {
        for (int i = 0; i < 3; i++) {
            long run = TimeOrderedIds.next();
            jdbc.update(
                    "INSERT INTO delivery_run (tenant_id, id, composer, reference, title, sender_name, sender_email, state, "
                            + "created_at) VALUES (?, ?, 'campaign', ?, ?, 'Shop', 'shop@shop.example', 'DONE', "
                            + "UTC_TIMESTAMP(6))",
                    tenant(),
                    run,
                    i,
                    "Mailing " + i);
            jdbc.update(
                    "INSERT INTO run_link (tenant_id, run_id, link, url) VALUES (?, ?, 1, 'https://a.example'), "
                            + "(?, ?, 2, 'https://b.example')",
                    tenant(),
                    run,
                    tenant(),
                    run);
            runs.add(run);
            long promotion = TimeOrderedIds.next();
            // Its vouchers were seen to already: the work of the background must not add to what is made up here.
            jdbc.update(
                    "INSERT INTO promotion (tenant_id, id, name, celebrated_on, yearly, offer_kind, valid_from, valid_until, "
                            + "announce_at, status, created_at, updated_at, version, lapsed_at) "
                            + "VALUES (?, ?, ?, '2026-01-01', FALSE, "
                            + "'PERCENT', '2026-01-01', '2026-01-02', '2026-01-01T09:00', 'PLANNED', UTC_TIMESTAMP(6), "
                            + "UTC_TIMESTAMP(6), 0, UTC_TIMESTAMP(6))",
                    tenant(),
                    promotion,
                    "Day " + i);
            promotions.add(promotion);
        }
    }

    void store(CustomerFacts c) {
        Map<String, List<Deed>> deeds = c.activities();
        Set<Long> mailed = new HashSet<>();
        for (Deed sent : deeds.get("MAIL_SENT")) {
            message(c, sent, "SENT");
            mailed.add(sent.about());
        }
        deeds.get("MAIL_OPENED").forEach(deed -> event(c, deed, "OPEN", random.nextBoolean() ? "HUMAN" : "PROXY"));
        deeds.get("MAIL_CLICKED").forEach(deed -> event(c, deed, "CLICK", "HUMAN"));
        for (long run : runs) {
            if (!mailed.contains(run) && random.nextBoolean()) {
                Deed none = new Deed(context.startOf(context.today()), TimeOrderedIds.next(), run, null);
                message(c, none, random.nextBoolean() ? "FAILED" : "PENDING");
                event(c, none, "OPEN", "SCANNER");
                event(c, none, "CLICK", "PREFETCH");
            }
        }
        for (Deed given : deeds.get("VOUCHER_GIVEN")) {
            Instant redeemed = deeds.get("VOUCHER_REDEEMED").stream()
                    .filter(r -> r.thing() == given.thing())
                    .map(Deed::at)
                    .findFirst()
                    .orElse(null);
            Instant lapsed = deeds.get("VOUCHER_LAPSED").stream()
                    .filter(l -> l.thing() == given.thing())
                    .map(Deed::at)
                    .findFirst()
                    .orElse(null);
            jdbc.update(
                    "INSERT INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at, redeemed_at, "
                            + "lapsed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    tenant(),
                    given.thing(),
                    given.about(),
                    c.id(),
                    String.format("%09d", promotions.indexOf(given.about()) * 10_000 + count++),
                    utc(given.at()),
                    utc(redeemed),
                    utc(lapsed));
        }
    }

    private int count;

    private void message(CustomerFacts c, Deed sent, String state) {
        jdbc.update(
                "INSERT INTO message (tenant_id, id, run_id, customer_id, email, state, sent_at) VALUES (?, ?, ?, ?, "
                        + "'x@shop.example', ?, ?)",
                tenant(),
                sent.thing(),
                sent.about(),
                c.id(),
                state,
                state.equals("SENT") ? utc(sent.at()) : null);
    }

    private void event(CustomerFacts c, Deed deed, String kind, String verdict) {
        jdbc.update(
                "INSERT INTO message_event (tenant_id, id, message_id, run_id, customer_id, kind, verdict, link, at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tenant(),
                TimeOrderedIds.next(),
                deed.thing(),
                deed.about(),
                c.id(),
                kind,
                verdict,
                deed.detail(),
                utc(deed.at()));
    }

    private long tenant() {
        return context.tenant().value();
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant at) {
        return at == null ? null : LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
