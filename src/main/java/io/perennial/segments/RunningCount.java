package io.perennial.segments;

import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/** One count under way: several threads run it, each taking the next part when it is done with one. */
@TenantSql("Runs the statements of a count, each with its tenant, and stops them on the server.")
final class RunningCount implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(RunningCount.class);

    private final DataSource source;
    private final int size;
    private final Duration limit;
    private final Consumer<CountProgress> progress;
    private final Queue<SqlFragment> left;
    private final Set<PreparedStatement> running = new HashSet<>();
    private final List<Long> newest = new ArrayList<>();
    private boolean stopped;
    private int done;
    private long count;

    /**
     * @param limit how long a part may need
     */
    RunningCount(DataSource source, List<SqlFragment> parts, Duration limit, Consumer<CountProgress> progress) {
        this.source = source;
        this.limit = limit;
        this.size = parts.size();
        this.left = new ArrayDeque<>(parts);
        this.progress = progress;
    }

    @Override
    public void run() {
        try (Connection connection = source.getConnection()) {
            for (SqlFragment part = next(); part != null; part = next()) {
                run(connection, part);
            }
        } catch (SQLException e) {
            if (!fail()) {
                return; // stopped, because nobody waits or for what another thread says
            }
            var translated = new SQLExceptionSubclassTranslator().translate("count", null, e);
            throw translated == null ? new IllegalStateException("The count failed", e) : translated;
        }
    }

    private synchronized @Nullable SqlFragment next() {
        return stopped ? null : left.poll();
    }

    private void run(Connection connection, SqlFragment part) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(part.sql())) {
            statement.setQueryTimeout((int) limit.toSeconds());
            for (int i = 0; i < part.params().size(); i++) {
                statement.setObject(i + 1, part.params().get(i));
            }
            if (!begin(statement)) {
                return;
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                end(row.getLong("picked"), WordsSql.idsOf(row.getString("newest")));
            } finally {
                synchronized (this) {
                    running.remove(statement);
                }
            }
        }
    }

    private synchronized boolean begin(PreparedStatement statement) {
        return !stopped && running.add(statement);
    }

    private void end(long picked, List<Long> ids) {
        CountProgress now;
        synchronized (this) {
            count += picked;
            newest.addAll(ids);
            done++;
            now = new CountProgress((double) done / size, count);
        }
        if (now.share() < 1) {
            progress.accept(now);
        }
    }

    /** Stops the whole count. Returns whether this is the first reason to: what else fails then does so for that. */
    private synchronized boolean fail() {
        boolean first = !stopped;
        stop();
        return first;
    }

    /** Has the server stop what still runs, and begins nothing more. */
    synchronized void stop() {
        stopped = true;
        for (PreparedStatement statement : running) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                log.debug("A count could not be stopped; it ends by itself", e);
            }
        }
    }

    synchronized FoundCustomers found() {
        if (done < size) {
            throw new IllegalStateException("The count is not over");
        }
        return new FoundCustomers(
                count, newest.stream().sorted(Comparator.reverseOrder()).toList());
    }
}
