package io.perennial.delivery.pace;

import io.perennial.delivery.QuietHours;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What workers ask before they claim, and before they send what they claimed. In the tenant's scope. */
@Component
@TenantSql("Reads for a chunk of messages, by their keys; each statement names the tenant.")
public class Pacing {

    /** So begin the reasons of messages that wait for a receiver's limit; how a returning one is known. */
    public static final String WAITS = "Waits for the limit of ";

    /** A quiet night ends for everybody at once: within this time after it, each at a moment of its own. */
    private static final Duration SPREAD = Duration.ofMinutes(3);

    private static final Duration PAUSED = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final Paces paces;
    private final Permits permits;
    private final ReceiverQueues queues;
    private final Receivers receivers;
    private final FrequencyRule frequency;
    private final SendingLock lock;
    private final ServerWatch servers;

    Pacing(
            JdbcClient jdbc,
            Paces paces,
            Permits permits,
            ReceiverQueues queues,
            Receivers receivers,
            FrequencyRule frequency,
            SendingLock lock,
            ServerWatch servers) {
        this.jdbc = jdbc;
        this.paces = paces;
        this.permits = permits;
        this.queues = queues;
        this.receivers = receivers;
        this.frequency = frequency;
        this.lock = lock;
        this.servers = servers;
    }

    /** A message about to be sent. */
    public record Mail(long id, long customer, String email) {}

    /**
     * Why one is not sent now.
     *
     * @param delay until it is asked again; nothing where it never is
     */
    public record Refusal(long id, String why, @Nullable Duration delay) {}

    public SendingLock lock() {
        return lock;
    }

    public ServerWatch servers() {
        return servers;
    }

    /** Its share among the businesses. */
    public int weight(TenantId tenant) {
        return paces.of(tenant).weight();
    }

    /** Leave for up to {@code wanted} mails of a run, taken before they are claimed. */
    public Permit take(TenantId tenant, long run, String senderDomain, int wanted) {
        TenantPace pace = paces.of(tenant);
        if (pace.paused() != null) {
            return Permit.none(tenant, PAUSED);
        }
        QuietHours quiet = pace.quiet();
        if (quiet != null && !quiet.ofCustomer()) {
            Duration left = quiet.quietFor(now(), pace.zone());
            if (left.isPositive() && !isExempt(tenant, run)) {
                return Permit.none(tenant, left);
            }
        }
        return permits.take(tenant, pace, senderDomain, wanted);
    }

    /** For those that were not handed to the server after all. */
    public void giveBack(Permit permit, int unused) {
        permits.giveBack(permit, unused);
    }

    /** Those of a run's mails that are not sent now: quiet hours, the frequency cap, receivers' limits. */
    public List<Refusal> refuse(TenantId tenant, long run, List<Mail> mails) {
        TenantPace pace = paces.of(tenant);
        List<Refusal> refusals = new ArrayList<>();
        List<Mail> left = new ArrayList<>(mails);
        boolean rules =
                pace.cap() != null || (pace.quiet() != null && pace.quiet().ofCustomer());
        if (rules && !left.isEmpty() && !isExempt(tenant, run)) {
            forFrequency(tenant, pace, left, refusals);
            forQuietHours(tenant, pace, left, refusals);
        }
        if (!pace.receivers().isEmpty() && !left.isEmpty()) {
            forReceivers(tenant, pace.receivers(), left, refusals);
        }
        return refusals;
    }

    private void forFrequency(TenantId tenant, TenantPace pace, List<Mail> left, List<Refusal> refusals) {
        var cap = pace.cap();
        if (cap == null) {
            return;
        }
        Set<Long> enough = frequency.among(tenant, cap, left);
        left.removeIf(mail -> enough.contains(mail.id())
                && refusals.add(new Refusal(
                        mail.id(),
                        "Frequency cap: already " + cap.mails() + " mails in " + cap.days() + " days",
                        null)));
    }

    private void forQuietHours(TenantId tenant, TenantPace pace, List<Mail> left, List<Refusal> refusals) {
        QuietHours quiet = pace.quiet();
        if (quiet == null || !quiet.ofCustomer() || left.isEmpty()) {
            return;
        }
        Map<Long, ZoneId> zones = zones(tenant, left);
        Instant now = now();
        left.removeIf(mail -> {
            Duration wait = quiet.quietFor(now, zones.getOrDefault(mail.customer(), pace.zone()));
            return wait.isPositive()
                    && refusals.add(
                            new Refusal(mail.id(), "Quiet hours where they live", wait.plus(moment(mail.id()))));
        });
    }

    private void forReceivers(TenantId tenant, Map<String, Integer> limits, List<Mail> left, List<Refusal> refusals) {
        Map<Long, String> receiverOf = new HashMap<>();
        for (Mail mail : left) {
            String receiver = receivers.of(mail.email());
            if (limits.containsKey(receiver)) {
                receiverOf.put(mail.id(), receiver);
            }
        }
        if (receiverOf.isEmpty()) {
            return;
        }
        Set<Long> returning = returning(tenant, receiverOf.keySet());
        Map<String, List<ReceiverQueues.Caller>> callers = new HashMap<>();
        receiverOf.forEach((id, receiver) -> callers.computeIfAbsent(receiver, r -> new ArrayList<>())
                .add(new ReceiverQueues.Caller(id, returning.contains(id))));
        for (ReceiverQueues.PutOff each : queues.call(tenant, callers, limits)) {
            String receiver = receiverOf.getOrDefault(each.message(), PaceProperties.REST);
            refusals.add(new Refusal(each.message(), WAITS + Receivers.label(receiver), each.delay()));
        }
    }

    private static Duration moment(long id) {
        return Duration.ofMillis(Math.floorMod((id * 0x9E3779B97F4A7C15L) >>> 16, SPREAD.toMillis()));
    }

    private Instant now() {
        return permits.now().toInstant(ZoneOffset.UTC);
    }

    private boolean isExempt(TenantId tenant, long run) {
        return jdbc.sql("SELECT exempt FROM delivery_run WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), run)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private Set<Long> returning(TenantId tenant, Set<Long> messages) {
        List<Object> params = new ArrayList<>(List.of(tenant.value()));
        params.addAll(messages);
        params.add(WAITS + "%");
        return new HashSet<>(jdbc.sql("SELECT id FROM message WHERE tenant_id = ? AND id IN (" + marks(messages.size())
                        + ") AND detail LIKE ?")
                .params(params)
                .query(Long.class)
                .list());
    }

    private Map<Long, ZoneId> zones(TenantId tenant, List<Mail> mails) {
        List<Object> params = new ArrayList<>(List.of(tenant.value()));
        mails.forEach(mail -> params.add(mail.customer()));
        Map<Long, ZoneId> zones = new HashMap<>();
        jdbc.sql("SELECT id, zone FROM customer WHERE tenant_id = ? AND id IN (" + marks(mails.size())
                        + ") AND zone IS NOT NULL")
                .params(params)
                .query(rs -> {
                    ZoneId zone = zoneOf(rs.getString(2));
                    if (zone != null) {
                        zones.put(rs.getLong(1), zone);
                    }
                });
        return zones;
    }

    /** Imported zones may be anything. */
    public static @Nullable ZoneId zoneOf(String name) {
        try {
            return ZoneId.of(name);
        } catch (java.time.DateTimeException e) {
            return null;
        }
    }

    static String marks(int count) {
        return "?,".repeat(count - 1) + "?";
    }
}
