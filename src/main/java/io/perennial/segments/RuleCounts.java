package io.perennial.segments;

import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Counts rules: slices of the customers side by side, each by a statement of its own, so that every customer is seen as
 * they are at one moment. Whoever waits may be interrupted; the database stops then too.
 *
 * @see <a href="../../../../../docs/decisions/0308-counting-a-million.md">0308-counting-a-million.md</a>
 */
@Component
@EnableConfigurationProperties(CountSettings.class)
@TenantSql("A count is a statement made while the program runs; the tenant is in each of its parts.")
class RuleCounts {

    /** Pieces of a count that takes long, so that something is to be seen of it. */
    private static final int PIECES_WHEN_LONG = 20;

    private final DataSource source;
    private final CustomerSlices slices;
    private final CountBasis basis;
    private final CountSettings settings;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("segment-count-", 1).factory());

    RuleCounts(DataSource source, CustomerSlices slices, CountBasis basis, CountSettings settings) {
        this.source = source;
        this.slices = slices;
        this.basis = basis;
        this.settings = settings;
    }

    /**
     * Counts, and waits for it.
     *
     * @param progress hears how far it has come, on any thread, where it takes long
     * @throws InvalidRule if the rule has problems
     * @throws CountCancelled if the waiting thread is interrupted
     * @throws org.springframework.dao.QueryTimeoutException if a part takes too long
     */
    FoundCustomers count(Rule rule, RuleContext context, Consumer<CountProgress> progress) {
        RuleCompiler.requireValid(rule, context.scope());
        Rule asked = KeptFigures.in(SegmentReferences.inlined(rule, context.scope()), context.today());
        List<SqlFragment> parts = parts(asked, context);
        RunningCount count = new RunningCount(source, parts, progress);
        List<Future<?>> workers = IntStream.range(0, Math.min(settings.parallel(), parts.size()))
                .<Future<?>>mapToObj(i -> threads.submit(count))
                .toList();
        try {
            for (Future<?> worker : workers) {
                worker.get();
            }
            return count.found();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CountCancelled();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(e.getCause());
        } finally {
            count.stop();
        }
    }

    /** The slices of all who are as the basis shows them, and those who changed, apart. */
    private List<SqlFragment> parts(Rule rule, RuleContext context) {
        Optional<List<Long>> changed =
                CountSql.gainsByBasis(rule, context) ? basis.changed(context.tenant()) : Optional.empty();
        RuleContext others = context.without(changed.orElse(List.of()));
        int pieces = CountSql.readsLong(rule, context, changed.isPresent()) ? PIECES_WHEN_LONG : settings.parallel();
        List<SqlFragment> parts = slices.of(context.tenant(), pieces).stream()
                .map(range -> CountSql.compile(rule, others.within(range), changed.isPresent()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!others.without().isEmpty()) {
            parts.add(CountSql.compile(rule, context.among(others.without()), false));
        }
        return parts;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
