package io.perennial.tenancy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.perennial.tenancy.CopyBeat.Beat;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Where what reads about everybody is read: from a copy of the database, where the operator has given one and it is well,
 * else from the database itself. Nobody who decides by what they read whom to write to, and nobody who changes what they
 * have read, may ask here. Statements name their tenant as everywhere.
 *
 * @see <a href="../../../../../docs/decisions/0309-a-copy-for-analysis.md">0309-a-copy-for-analysis.md</a>
 */
@Component
@TenantSql("Lends connections; runs no statement of a tenant.")
public class AnalysisReads {

    /** The bean of the copy's connections, there only where there is a copy. */
    public static final String CONNECTIONS = "connectionsForAnalysis";

    private static final String INSTEAD = "perennial.analysis.primary";

    private static final Logger log = LoggerFactory.getLogger(AnalysisReads.class);

    /** How often it is looked how far the copy is. */
    private static final Duration RHYTHM = Duration.ofSeconds(5);

    /** What was found holds so long: a copy that hangs lets nobody hang who did not ask it before. */
    private static final Duration HOLDS = RHYTHM.multipliedBy(3);

    /** How long a look waits for the copy to be even, so that a lag of less is known exactly. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    /** How long something waits that has to see everything there is; then it asks the database itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DataSource primary;
    private final @Nullable DataSource copy;
    private final @Nullable CopyBeat beats;
    private final Duration maximumLag;
    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("analysis-copy").factory());

    private volatile Found last = Found.NOTHING;
    /** The first of this process: a copy that has it has the tables this version knows. */
    private @Nullable Beat first;

    @Autowired
    AnalysisReads(DataSource primary, BeanFactory beans, AnalysisSettings settings) {
        this(
                primary,
                beans.containsBean(CONNECTIONS) ? beans.getBean(CONNECTIONS, DataSource.class) : null,
                settings.maximumLag());
    }

    AnalysisReads(DataSource primary, @Nullable DataSource copy, Duration maximumLag) {
        this.primary = primary;
        this.copy = copy;
        this.beats = copy == null ? null : new CopyBeat(primary, copy);
        this.maximumLag = maximumLag;
    }

    /** What a look found; {@code behind} is unknown where the copy says nothing. */
    private record Found(boolean usable, @Nullable Duration behind, long at) {

        private static final Found NOTHING = new Found(false, null, System.nanoTime());

        boolean holds() {
            return System.nanoTime() - at < HOLDS.toNanos();
        }
    }

    /** After the migrations: the first beat proves that they are in the copy. */
    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (copy == null) {
            return;
        }
        Gauge.builder(
                        "perennial.analysis.behind.seconds",
                        this,
                        reads -> reads.behind()
                                .map(behind -> behind.toMillis() / 1_000.0)
                                .orElse(Double.NaN))
                .description("How far the copy for analysis is behind the database")
                .register(Metrics.globalRegistry);
        Gauge.builder("perennial.analysis.usable", this, reads -> reads.isUsable() ? 1 : 0)
                .description("1 where the copy for analysis is asked")
                .register(Metrics.globalRegistry);
        Counter.builder(INSTEAD)
                .description("Reads for analysis that the database itself served, as the copy could not")
                .register(Metrics.globalRegistry);
        var _ = threads.scheduleWithFixedDelay(this::look, 0, RHYTHM.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Whether the operator has given a copy. */
    public boolean isConfigured() {
        return copy != null;
    }

    /** Whether the copy is asked now: it answers, and is not too far behind. */
    public boolean isUsable() {
        Found now = last;
        return now.usable() && now.holds();
    }

    /** How far the copy is behind the database at most, as far as it is known. */
    public Optional<Duration> behind() {
        Found now = last;
        return now.holds() ? Optional.ofNullable(now.behind()) : Optional.empty();
    }

    /** Whether connections are the copy's, so that what they show may be behind. */
    public boolean isCopy(DataSource connections) {
        return copy != null && connections == copy;
    }

    /**
     * Reads what may be some seconds old.
     *
     * @param work is told whose connections to take, and takes no others; runs again with the database's own where the copy
     *     fails meanwhile
     */
    public <T extends @Nullable Object> T read(Function<DataSource, T> work) {
        return isUsable() ? run(work, Objects.requireNonNull(copy)) : work.apply(primary());
    }

    /** Reads what has to have everything in it that was committed before this call. Else as {@link #read}. */
    public <T extends @Nullable Object> T readAsOfNow(Function<DataSource, T> work) {
        DataSource source = asOfNow();
        return isCopy(source) ? run(work, source) : work.apply(source);
    }

    /** Connections that show everything that was committed before this call, for what cannot be run twice. */
    public DataSource asOfNow() {
        if (copy == null || beats == null || !isUsable()) {
            return primary();
        }
        try {
            Beat now = beats.next();
            if (beats.awaited(now, PATIENCE).filter(seen -> seen.has(now)).isPresent()) {
                return copy;
            }
        } catch (SQLException e) {
            away(e);
        }
        return primary();
    }

    private DataSource primary() {
        if (copy != null) {
            Metrics.counter(INSTEAD).increment();
        }
        return primary;
    }

    private <T extends @Nullable Object> T run(Function<DataSource, T> work, DataSource source) {
        try {
            return work.apply(source);
        } catch (QueryTimeoutException e) {
            throw e; // what took too long there must not be tried here
        } catch (DataAccessException e) {
            // It is gone, or its user may not read what is asked for, or it has not got it: the database itself tells.
            away(e);
            return work.apply(primary());
        }
    }

    /** How far is it? Alone on its thread; a test looks by itself. */
    void look() {
        if (beats == null) {
            return;
        }
        try {
            Beat beat = beats.next();
            long since = System.nanoTime();
            if (first == null) {
                first = beat;
            }
            Beat needed = first;
            Optional<Beat> seen = beats.awaited(beat, GLANCE);
            Duration waited = Duration.ofNanos(System.nanoTime() - since);
            Duration behind = seen.map(there -> there.has(beat)
                            ? waited
                            : Duration.between(there.at(), beat.at()).plus(waited))
                    .orElse(null);
            boolean usable = behind != null
                    && behind.compareTo(maximumLag) <= 0
                    && seen.filter(there -> there.has(needed)).isPresent();
            found(new Found(usable, behind, System.nanoTime()), null);
        } catch (SQLException | RuntimeException e) {
            away(e);
        }
    }

    private void away(Exception why) {
        found(new Found(false, null, System.nanoTime()), why);
    }

    private synchronized void found(Found now, @Nullable Exception why) {
        boolean was = last.usable();
        last = now;
        if (was && !now.usable()) {
            log.warn(
                    "The copy for analysis {}; the database itself counts until it is well again",
                    why == null ? "is too far behind (" + now.behind() + ")" : "does not answer as it should",
                    why);
        } else if (!was && now.usable()) {
            log.info("Analysis is read from the copy, which is {} behind", now.behind());
        }
    }
}
