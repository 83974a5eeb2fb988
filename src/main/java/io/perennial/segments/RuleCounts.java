package io.perennial.segments;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.perennial.tenancy.AnalysisReads;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Counts rules: slices of the customers side by side, each by a statement of its own, so that every customer is seen as
 * they are at one moment. Whoever waits may be interrupted; the database stops then too.
 *
 * @see <a href="../../../../../docs/decisions/0308-counting-a-million.md">0308-counting-a-million.md</a>
 */
@Component
@TenantSql("A count is a statement made while the program runs; the tenant is in each of its parts.")
class RuleCounts {

    private final AnalysisReads analysis;
    private final CountParts cut;
    private final CountSettings settings;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("segment-count-", 1).factory());

    RuleCounts(AnalysisReads analysis, CountParts cut, CountSettings settings) {
        this.analysis = analysis;
        this.cut = cut;
        this.settings = settings;
    }

    /**
     * Counts, and waits for it. Where there is a copy of the database for analysis it counts there, and is as far behind.
     *
     * @param progress hears how far it has come, on any thread, where it takes long
     * @throws InvalidRule if the rule has problems
     * @throws CountCancelled if the waiting thread is interrupted
     * @throws org.springframework.dao.QueryTimeoutException if a part takes too long
     */
    FoundCustomers count(Rule rule, RuleContext context, Consumer<CountProgress> progress) {
        RuleCheck.require(rule, context.scope(), null);
        return analysis.read(source -> count(rule, context, progress, source));
    }

    /** The same with everything in it that was committed before. */
    FoundCustomers countNow(Rule rule, RuleContext context) {
        RuleCheck.require(rule, context.scope(), null);
        return analysis.readAsOfNow(source -> count(rule, context, unheard -> {}, source));
    }

    /** All of it on one server: what the copy says of its changes says nothing of another's. */
    private FoundCustomers count(Rule rule, RuleContext context, Consumer<CountProgress> progress, DataSource source) {
        Rule asked = CountParts.asked(rule, context);
        List<SqlFragment> parts = cut.of(asked, context, source).stream()
                .map(part -> CountSql.compile(asked, part.context(), part.copy()))
                .toList();
        RunningCount count = new RunningCount(source, parts, settings.limit(), progress);
        Timer.Sample began = Timer.start();
        String outcome = "failed";
        List<Future<?>> workers = IntStream.range(0, Math.min(settings.parallel(), parts.size()))
                .<Future<?>>mapToObj(i -> threads.submit(count))
                .toList();
        try {
            for (Future<?> worker : workers) {
                worker.get();
            }
            FoundCustomers found = count.found();
            outcome = "ok";
            return found.behind(analysis.isCopy(source) ? analysis.behind().orElse(null) : null);
        } catch (InterruptedException e) {
            outcome = "cancelled";
            Thread.currentThread().interrupt();
            throw new CountCancelled();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(e.getCause());
        } finally {
            count.stop();
            began.stop(CountMeters.timer(Metrics.globalRegistry, outcome));
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
