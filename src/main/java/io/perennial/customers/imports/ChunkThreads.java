package io.perennial.customers.imports;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Threads that write for a business and by the authority of whoever imports; a task waits for one that is free. */
class ChunkThreads implements AutoCloseable {

    private final int size;
    private final TenantId tenant;
    private final SecurityContext person = SecurityContextHolder.getContext();
    private final ExecutorService threads;
    private final Deque<Future<?>> underWay = new ArrayDeque<>();

    /** @param size how many; 0 to do everything on the caller's thread */
    ChunkThreads(int size, TenantId tenant) {
        this.size = size;
        this.tenant = tenant;
        this.threads = Executors.newFixedThreadPool(
                Math.max(1, size),
                Thread.ofPlatform()
                        .name(Thread.currentThread().getName() + "-writer-", 1)
                        .daemon()
                        .factory());
    }

    /**
     * Begins a task once a thread is free.
     *
     * @throws RuntimeException what a task before failed with
     */
    void run(Runnable task) {
        if (size == 0) {
            task.run();
            return;
        }
        if (underWay.size() == size) {
            awaitFirst();
        }
        underWay.add(threads.submit(() -> {
            SecurityContextHolder.setContext(person);
            try {
                CurrentTenant.asTenant(tenant, task);
            } finally {
                SecurityContextHolder.clearContext();
            }
        }));
    }

    /** Waits for all tasks; fails as the first of them did. */
    void await() {
        while (!underWay.isEmpty()) {
            awaitFirst();
        }
    }

    private void awaitFirst() {
        try {
            underWay.removeFirst().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImportStopped();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("A chunk could not be written", e);
            }
        }
    }

    /** Waits until none of them does anything more. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
