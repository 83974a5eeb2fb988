package io.perennial.delivery.returns;

import io.perennial.delivery.returns.Intake.Outcome;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the mailbox and the port stand, in the database: for all nodes, and for staff to see. */
@Component
@TenantSql("The mailbox and the port are the installation's; their table is nobody's tenant data.")
class ReturnSources {

    private final JdbcClient jdbc;
    private final long node = TimeOrderedIds.next();

    ReturnSources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Up to where the mailbox is handled: the number of its numbering (RFC 3501, 2.3.1.1), and the last of it. */
    record Handled(long validity, long last) {}

    /**
     * How a source stands.
     *
     * @param askedAt when it was last asked or last brought something
     * @param goodAt when that went well last
     * @param error what went wrong at last, none if it went well
     */
    record State(
            @Nullable Instant askedAt,
            @Nullable Instant goodAt,
            @Nullable String error,
            long counted,
            long repeated,
            long ignored,
            long forged,
            long quarantined) {}

    /**
     * Takes the mailbox for this node, or prolongs that.
     *
     * @return up to where it is handled; empty if another node has it
     */
    Optional<Handled> hold(Duration lease) {
        make(ReturnSource.MAILBOX);
        int mine = jdbc.sql("UPDATE return_source SET holder = ?, lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND "
                        + "WHERE name = 'MAILBOX' AND (holder = ? OR lease_until IS NULL "
                        + "OR lease_until < UTC_TIMESTAMP(6))")
                .params(node, lease.toSeconds(), node)
                .update();
        if (mine == 0) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT uid_validity, last_uid FROM return_source WHERE name = 'MAILBOX' AND holder = ?")
                .param(node)
                .query((rs, row) -> new Handled(rs.getLong(1), rs.getLong(2)))
                .optional();
    }

    /** Another node may have it now. */
    void release() {
        jdbc.sql("UPDATE return_source SET lease_until = NULL, holder = 0 WHERE name = 'MAILBOX' AND holder = ?")
                .param(node)
                .update();
    }

    void handled(Handled upTo) {
        jdbc.sql("UPDATE return_source SET uid_validity = ?, last_uid = ? WHERE name = 'MAILBOX' AND holder = ?")
                .params(upTo.validity(), upTo.last(), node)
                .update();
    }

    void asked(ReturnSource source, @Nullable String error) {
        make(source);
        jdbc.sql("UPDATE return_source SET asked_at = UTC_TIMESTAMP(6), "
                        + "good_at = IF(? IS NULL, UTC_TIMESTAMP(6), good_at), error = ? WHERE name = ?")
                .param(error)
                .param(error == null ? null : error.substring(0, Math.min(490, error.length())))
                .param(source.name())
                .update();
    }

    void count(ReturnSource source, Outcome outcome) {
        if (counted(source, outcome) == 0) {
            make(source);
            counted(source, outcome);
        }
    }

    private int counted(ReturnSource source, Outcome outcome) {
        String column = outcome.name().toLowerCase(Locale.ROOT);
        return jdbc.sql("UPDATE return_source SET " + column + " = " + column + " + 1 WHERE name = ?")
                .param(source.name())
                .update();
    }

    Optional<State> state(ReturnSource source) {
        return jdbc.sql("SELECT asked_at, good_at, error, counted, repeated, ignored, forged, quarantined "
                        + "FROM return_source WHERE name = ?")
                .param(source.name())
                .query((rs, row) -> new State(
                        instant(rs.getObject(1, LocalDateTime.class)),
                        instant(rs.getObject(2, LocalDateTime.class)),
                        rs.getString(3),
                        rs.getLong(4),
                        rs.getLong(5),
                        rs.getLong(6),
                        rs.getLong(7),
                        rs.getLong(8)))
                .optional();
    }

    private void make(ReturnSource source) {
        jdbc.sql("INSERT INTO return_source (name) VALUES (?) ON DUPLICATE KEY UPDATE name = VALUES(name)")
                .param(source.name())
                .update();
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
