package io.perennial.tenancy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * Tells how far a copy of the database has come: counts a row up here and looks for it there. That needs no right but to
 * read, and is the same for every kind of copying; that it copies in the order of commits is all that is asked of it
 * (MySQL: {@code replica_preserve_commit_order}, on by default).
 */
@TenantSql("The one row belongs to no tenant.")
class CopyBeat {

    private static final Duration GLANCE = Duration.ofMillis(20);

    /** A server that does not say its one row by then does not answer. */
    private static final int ANSWER_MILLIS = 5_000;

    private static final String READ = "SELECT beat, beaten_at FROM analysis_beat WHERE id = 1";

    private final DataSource primary;
    private final DataSource copy;

    CopyBeat(DataSource primary, DataSource copy) {
        this.primary = primary;
        this.copy = copy;
    }

    /**
     * The row, here or there.
     *
     * @param at by the clock of the database it was counted up in
     */
    record Beat(long number, LocalDateTime at) {

        /** Both: a copy of an older state of the database, which was taken back since, has the number perhaps. */
        boolean has(Beat other) {
            return number >= other.number && !at.isBefore(other.at);
        }
    }

    /** Counts up, on a connection of its own: within the transaction of somebody else nobody there would ever see it. */
    Beat next() throws SQLException {
        try (Connection connection = primary.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO analysis_beat (id, beat, beaten_at) VALUES (1, 1, UTC_TIMESTAMP(6)) "
                    + "ON DUPLICATE KEY UPDATE beat = beat + 1, beaten_at = GREATEST(beaten_at, VALUES(beaten_at))");
            return read(connection).orElseThrow();
        }
    }

    /**
     * Waits until the copy has a beat.
     *
     * @return the last that it has, perhaps an earlier one; nothing where it never had any
     */
    Optional<Beat> awaited(Beat beat, Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        try (Connection connection = copy.getConnection()) {
            connection.setNetworkTimeout(DIRECT, ANSWER_MILLIS);
            Optional<Beat> there = read(connection);
            while (there.filter(seen -> seen.has(beat)).isEmpty() && System.nanoTime() < end) {
                Thread.sleep(GLANCE);
                there = read(connection);
            }
            return there;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Connector/J sets it on the socket at once, and asks for somebody to do it all the same. */
    private static final Executor DIRECT = Runnable::run;

    private static Optional<Beat> read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Beat(row.getLong(1), row.getObject(2, LocalDateTime.class)))
                    : Optional.empty();
        }
    }
}
