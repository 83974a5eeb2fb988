package io.perennial.segments.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.perennial.accounts.ActingAs;
import io.perennial.kernel.TenantId;
import io.perennial.segments.CountCancelled;
import io.perennial.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Counts beside the page, with the person's own permissions, so that nobody waits for a slow rule: neither who asks, nor
 * the other pages, nor other businesses.
 */
@Component
class Counting {

    /** Few: each holds some database connections, and the other pages need theirs. */
    private static final int AT_ONCE = 4;

    private static final int OF_ONE_BUSINESS = 2;

    private static final Logger log = LoggerFactory.getLogger(Counting.class);

    /** No virtual ones: interrupted while it talks to the database, such a thread closes the connection, which others need. */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("counting-", 1).factory());

    private final Semaphore all = new Semaphore(AT_ONCE, true);
    private final Map<TenantId, Semaphore> ofBusinesses = new ConcurrentHashMap<>();

    /**
     * Begins {@code work} and hands its result to the page.
     *
     * @return cancelling it interrupts the work, wherever it is
     */
    <T> Future<?> begin(UI ui, Supplier<T> work, Consumer<T> done, Consumer<RuntimeException> failed) {
        TenantId tenant = CurrentTenant.require();
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        return threads.submit(() -> {
            try {
                T result = inTurn(tenant, () -> ActingAs.with(person, tenant, work));
                show(ui, () -> done.accept(result));
            } catch (InterruptedException | CountCancelled e) {
                // Nobody wants it any more.
            } catch (RuntimeException e) {
                if (!Thread.currentThread().isInterrupted()) { // else nobody wants to know
                    log.warn("What a page of business {} counts could not be counted", tenant, e);
                    show(ui, () -> failed.accept(e));
                }
            }
        });
    }

    /** First among the business's own, so that those who wait there take no place from others. */
    private <T> T inTurn(TenantId tenant, Supplier<T> work) throws InterruptedException {
        Semaphore own = ofBusinesses.computeIfAbsent(tenant, t -> new Semaphore(OF_ONE_BUSINESS, true));
        own.acquire();
        try {
            all.acquire();
            try {
                return work.get();
            } finally {
                all.release();
            }
        } finally {
            own.release();
        }
    }

    /** Draws on the page; nothing where it was closed meanwhile. */
    static void show(UI ui, Runnable update) {
        try {
            var _ = ui.access(update::run);
        } catch (UIDetachedException e) {
            // The page was closed meanwhile; nobody wants the count any more.
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
