package io.perennial.segments.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.perennial.accounts.ActingAs;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Counts beside the page, with the person's own permissions, so that nobody waits for a slow rule. */
@Component
class Counting {

    /** Few: each holds a database connection, and the other pages need theirs. */
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("segment-count-", 1).factory());

    /**
     * Begins {@code work} and hands its result to the page.
     *
     * @return cancels it while it still waits for its turn
     */
    <T> Future<?> begin(UI ui, Supplier<T> work, Consumer<T> done, Consumer<RuntimeException> failed) {
        TenantId tenant = CurrentTenant.require();
        Authentication person =
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
        return threads.submit(() -> {
            try {
                T result = ActingAs.with(person, tenant, work);
                show(ui, () -> done.accept(result));
            } catch (RuntimeException e) {
                show(ui, () -> failed.accept(e));
            }
        });
    }

    private static void show(UI ui, Runnable update) {
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
