package io.perennial.delivery;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads where a run stands and what happened with each person, without counting or passing over a million rows: counters
 * are kept, the common states lie in ranges of ids, the others in an index of their own.
 */
@Component
@TenantSql("Reads ranges of messages and the claims on them; every statement names the tenant it is given.")
class LedgerReader {

    private static final String ODD = "(SELECT COUNT(*) FROM message m WHERE m.tenant_id = q.tenant_id "
            + "AND m.run_id = q.run_id AND m.odd_state = '%s')";
    private static final String HELD = "(SELECT COALESCE(SUM(c.%s), 0) FROM delivery_claim c "
            + "WHERE c.tenant_id = q.tenant_id AND c.run_id = q.run_id)";

    private final JdbcClient jdbc;

    LedgerReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All by one statement, so that the numbers are of one moment and add up. */
    RunProgress progress(long tenant, RunId run) {
        return jdbc.sql("SELECT r.state, r.state_reason, r.audience, r.bounced, r.complained, r.unsubscribed, "
                        + "r.unique_opens, r.unique_clicks, "
                        + "q.last_id - q.claimed_to + " + ODD.formatted("RETRY_AT") + " waiting, "
                        + "(SELECT COALESCE(SUM(c.last_id - c.first_id + 1 - c.settled), 0) FROM delivery_claim c "
                        + "WHERE c.tenant_id = q.tenant_id AND c.run_id = q.run_id AND c.first_id IS NOT NULL) + "
                        + ODD.formatted("CLAIMED") + " in_flight, "
                        + "q.sent + " + HELD.formatted("sent") + " sent, "
                        + "q.failed + " + HELD.formatted("failed") + " failed, "
                        + "q.skipped + " + HELD.formatted("skipped") + " skipped, "
                        + ODD.formatted("IN_DOUBT") + " in_doubt "
                        + "FROM delivery_cursor q JOIN delivery_run r ON r.tenant_id = q.tenant_id AND r.id = q.run_id "
                        + "WHERE q.tenant_id = ? AND q.run_id = ?")
                .params(tenant, run.value())
                .query((rs, row) -> progress(rs))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("No run " + run));
    }

    private static RunProgress progress(ResultSet rs) throws SQLException {
        return new RunProgress(
                RunState.valueOf(rs.getString("state")),
                rs.getLong("audience"),
                rs.getLong("waiting"),
                rs.getLong("in_flight"),
                rs.getLong("sent"),
                rs.getLong("failed"),
                rs.getLong("skipped"),
                rs.getLong("in_doubt"),
                rs.getLong("bounced"),
                rs.getLong("complained"),
                rs.getLong("unsubscribed"),
                rs.getLong("unique_opens"),
                rs.getLong("unique_clicks"),
                rs.getString("state_reason"));
    }

    /** Where a run's messages lie, and where those lie that workers hold. */
    private record Bounds(long first, long claimedTo, long last, long heldFrom, long heldTo) {}

    /** Where to look, and in which order. */
    private record Place(String where, List<Object> params, String order) {

        static Place range(long from, long to, String condition) {
            return new Place("m.id BETWEEN ? AND ?" + condition, List.of(from, to), "m.id");
        }

        static Place odd(MessageState state, String condition, String order) {
            return new Place("m.odd_state = ?" + condition, List.of(state.name()), order);
        }
    }

    Slice<MessageOutcome> outcomes(
            long tenant, RunId run, @Nullable MessageState state, @Nullable String search, Pageable page) {
        Optional<Bounds> bounds = bounds(tenant, run);
        if (bounds.isEmpty()) {
            return new SliceImpl<>(List.of());
        }
        long skip = page.isPaged() ? page.getOffset() : 0;
        long wanted = page.isPaged() ? page.getPageSize() + 1L : Integer.MAX_VALUE;
        List<MessageOutcome> found = new ArrayList<>();
        List<Place> places = places(bounds.get(), state);
        for (Place place : places.subList(0, places.size() - 1)) {
            // Read up to the end of the page, so that it is known from where on the page is in the next place.
            List<MessageOutcome> here = read(tenant, run, place, search, skip + wanted - found.size(), 0);
            found.addAll(here.subList((int) Math.min(skip, here.size()), here.size()));
            skip = Math.max(0, skip - here.size());
        }
        found.addAll(read(tenant, run, places.getLast(), search, wanted - found.size(), skip));
        boolean more = page.isPaged() && found.size() > page.getPageSize();
        return new SliceImpl<>(more ? found.subList(0, page.getPageSize()) : found, page, more);
    }

    /** Along the primary key, or along the index of what is not sent: the further page is as quick as the first. */
    List<MessageOutcome> outcomesAfter(long tenant, RunId run, @Nullable MessageState state, long after, int limit) {
        Optional<Bounds> bounds = bounds(tenant, run);
        if (bounds.isEmpty()) {
            return List.of();
        }
        long from = Math.max(bounds.get().first(), after + 1);
        Place place = switch (state) {
            case null -> Place.range(from, bounds.get().last(), "");
            case SENT -> Place.range(from, bounds.get().last(), " AND m.state = 'SENT'");
            case FAILED, SKIPPED, IN_DOUBT ->
                new Place(
                        "m.odd_state = ? AND m.next_attempt_at IS NULL AND m.id >= ?",
                        List.of(state.name(), from),
                        "m.id");
            default -> throw new IllegalArgumentException("Of those that settle nothing can be gone through: " + state);
        };
        return read(tenant, run, place, null, limit, 0);
    }

    private Optional<Bounds> bounds(long tenant, RunId run) {
        return jdbc.sql("SELECT q.first_id, q.claimed_to, q.last_id, COALESCE(MIN(c.first_id), 1), "
                        + "COALESCE(MAX(c.last_id), 0) FROM delivery_cursor q LEFT JOIN delivery_claim c "
                        + "ON c.tenant_id = q.tenant_id AND c.run_id = q.run_id "
                        + "WHERE q.tenant_id = ? AND q.run_id = ? GROUP BY q.first_id, q.claimed_to, q.last_id")
                .params(tenant, run.value())
                .query((rs, row) ->
                        new Bounds(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4), rs.getLong(5)))
                .optional();
    }

    private static List<Place> places(Bounds at, @Nullable MessageState state) {
        return switch (state) {
            case null -> List.of(Place.range(at.first(), at.last(), ""));
            case SENT -> List.of(Place.range(at.first(), at.last(), " AND m.state = 'SENT'"));
            case PENDING ->
                List.of(
                        Place.odd(
                                MessageState.RETRY_AT,
                                " AND m.next_attempt_at <= UTC_TIMESTAMP(6)",
                                "m.next_attempt_at, m.id"),
                        Place.range(at.claimedTo() + 1, at.last(), " AND m.state = 'PENDING'"));
            case CLAIMED ->
                List.of(
                        Place.odd(MessageState.CLAIMED, " AND COALESCE(c.begun_to, 0) < m.id", "m.id"),
                        Place.range(at.heldFrom(), at.heldTo(), " AND m.state = 'PENDING' AND c.begun_to < m.id"));
            case TRANSMITTING ->
                List.of(
                        Place.odd(MessageState.CLAIMED, " AND c.begun_to >= m.id", "m.id"),
                        Place.range(at.heldFrom(), at.heldTo(), " AND m.state = 'PENDING' AND c.begun_to >= m.id"));
            case RETRY_AT ->
                List.of(Place.odd(state, " AND m.next_attempt_at > UTC_TIMESTAMP(6)", "m.next_attempt_at, m.id"));
            case FAILED, SKIPPED, IN_DOUBT -> List.of(Place.odd(state, " AND m.next_attempt_at IS NULL", "m.id"));
        };
    }

    private List<MessageOutcome> read(
            long tenant, RunId run, Place place, @Nullable String search, long limit, long skip) {
        // What a worker holds and has begun is on its way; what is due waits.
        StringBuilder sql = new StringBuilder("SELECT m.id, m.customer_id, m.email, CASE "
                + "WHEN m.state = 'RETRY_AT' AND m.next_attempt_at <= UTC_TIMESTAMP(6) THEN 'PENDING' "
                + "WHEN c.fence IS NOT NULL THEN IF(c.begun_to >= m.id, 'TRANSMITTING', 'CLAIMED') "
                + "ELSE m.state END state, COALESCE(m.changed_at, m.sent_at, m.next_attempt_at) at, m.detail, "
                + "m.opened_at, m.clicked_at FROM message m "
                + "LEFT JOIN delivery_claim c ON c.tenant_id = m.tenant_id AND c.run_id = m.run_id "
                + "AND (m.state = 'CLAIMED' AND c.fence = m.fence "
                + "OR m.state = 'PENDING' AND m.id BETWEEN c.first_id AND c.last_id) "
                + "WHERE m.tenant_id = ? AND m.run_id = ? AND ");
        sql.append(place.where());
        List<Object> params = new ArrayList<>(List.of(tenant, run.value()));
        params.addAll(place.params());
        if (search != null && !search.isBlank()) {
            sql.append(" AND m.email LIKE ? ESCAPE '!'");
            params.add("%"
                    + search.strip()
                            .toLowerCase(Locale.ROOT)
                            .replace("!", "!!")
                            .replace("%", "!%")
                            .replace("_", "!_")
                    + "%");
        }
        sql.append(" ORDER BY ").append(place.order()).append(" LIMIT ? OFFSET ?");
        params.add(limit);
        params.add(skip);
        return jdbc.sql(sql.toString())
                .params(params)
                .query((rs, row) -> new MessageOutcome(
                        rs.getLong("id"),
                        new CustomerId(rs.getLong("customer_id")),
                        rs.getString("email"),
                        MessageState.valueOf(rs.getString("state")),
                        instant(rs, "at"),
                        rs.getString("detail"),
                        instant(rs, "opened_at"),
                        instant(rs, "clicked_at")))
                .list();
    }

    /** A DATETIME column as the instant in UTC that it holds. */
    static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        LocalDateTime time = rs.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
