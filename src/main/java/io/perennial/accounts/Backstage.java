package io.perennial.accounts;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Reads for pages off their thread, with the person's own permissions and business, and hands the result over by push.
 * What is handed over only draws: the page's thread may be anybody's by then.
 */
@Component
public class Backstage {

    /** Few: each holds a database connection, and the other pages need theirs. */
    private static final int THREADS = 4;

    private static final Logger log = LoggerFactory.getLogger(Backstage.class);

    private final PersonNow standing;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("page-", 1).factory());

    Backstage(PersonNow standing) {
        this.standing = standing;
    }

    /**
     * Reads once.
     *
     * @param show draws the result, on the page's own thread
     * @param failed hears why it could not be read, there too
     * @return cancels it while it still waits for its turn
     */
    public <T> Registration read(UI ui, Supplier<T> work, Consumer<T> show, Consumer<RuntimeException> failed) {
        Future<?> running = threads.submit(performance(CurrentTenant.require(), person(), ui, work, show, failed));
        return () -> running.cancel(false);
    }

    /**
     * Reads again and again until the registration is removed: each time with what the person may do by then, and no more once
     * they may not be there. An open page that only listens makes no request that would ask.
     */
    public <T> Registration every(Duration pause, UI ui, Supplier<T> work, Consumer<T> show) {
        Authentication then = person();
        TenantId tenant = CurrentTenant.require();
        Runnable performance = () -> standing.now(then)
                .ifPresent(now -> performance(
                                tenant,
                                now,
                                ui,
                                work,
                                show,
                                e -> log.warn("A page could not be brought up to date: {}", e.getMessage()))
                        .run());
        Future<?> running =
                threads.scheduleWithFixedDelay(performance, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return () -> running.cancel(false);
    }

    private static Authentication person() {
        return Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
    }

    private static <T> Runnable performance(
            TenantId tenant,
            Authentication person,
            UI ui,
            Supplier<T> work,
            Consumer<T> show,
            Consumer<RuntimeException> failed) {
        // The push happens inside the scope too: it may let a grid fetch.
        return () -> ActingAs.with(person, tenant, () -> {
            try {
                T result = work.get();
                var _ = ui.access(() -> show.accept(result));
            } catch (UIDetachedException e) {
                log.debug("The page was closed meanwhile");
            } catch (RuntimeException e) {
                log.warn("A page's reading failed", e);
                tell(ui, () -> failed.accept(e));
            }
            return tenant;
        });
    }

    private static void tell(UI ui, Runnable words) {
        try {
            var _ = ui.access(words::run);
        } catch (UIDetachedException e) {
            log.debug("The page was closed meanwhile");
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
