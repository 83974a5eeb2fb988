package io.perennial.accounts;

import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes exports one after the other, on whichever node takes one first; one broken off is begun anew. */
@Component
@TenantSql("Takes what waits of all businesses; each other statement names the tenant.")
class ArchiveWorker {

    /** For how many days a file is kept. */
    static final int DAYS = 7;

    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final NodeEnd node;
    private final ArchiveWriter writer;
    private final ArchiveParts parts;
    private final ArchiveDisposal disposal;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("archive-", 1).factory());

    ArchiveWorker(
            JdbcClient jdbc,
            ArchiveWriter writer,
            ArchiveParts parts,
            ArchiveDisposal disposal,
            ApplicationEventPublisher events,
            NodeEnd node) {
        this.events = events;
        this.node = node;
        this.jdbc = jdbc;
        this.disposal = disposal;
        this.writer = writer;
        this.parts = parts;
    }

    void wake() {
        thread.execute(() -> {
            try {
                makeDue();
            } catch (RuntimeException e) {
                events.publishEvent(new WorkFailed("accounts/data-archives", "all exports, which are tried again", e));
            }
        });
    }

    private record Due(TenantId tenant, long id) {}

    void makeDue() {
        expire();
        for (Optional<Due> due = next(); due.isPresent() && !node.isNear(); due = next()) {
            if (claim(due.get())) {
                make(due.get());
            }
        }
    }

    private Optional<Due> next() {
        return jdbc.sql("/* all tenants */ SELECT tenant_id, id FROM data_archive WHERE state = 'WAITING' "
                        + "ORDER BY id LIMIT 1")
                .query((rs, n) -> new Due(new TenantId(rs.getLong(1)), rs.getLong(2)))
                .optional();
    }

    private boolean claim(Due due) {
        return jdbc.sql("UPDATE data_archive SET state = 'RUNNING', beat_at = UTC_TIMESTAMP(6) "
                                + "WHERE tenant_id = ? AND id = ? AND state = 'WAITING'")
                        .params(due.tenant().value(), due.id())
                        .update()
                > 0;
    }

    private void make(Due due) {
        try (ArchiveParts.Writing out = parts.write(due.tenant(), due.id())) {
            long rows = writer.write(due.tenant(), out);
            out.close();
            jdbc.sql("UPDATE data_archive SET state = 'READY', finished_at = UTC_TIMESTAMP(6), row_count = ?, "
                            + "byte_count = ?, expires_at = UTC_TIMESTAMP(6) + INTERVAL " + DAYS + " DAY "
                            + "WHERE tenant_id = ? AND id = ?")
                    .params(rows, out.bytes(), due.tenant().value(), due.id())
                    .update();
        } catch (SQLException | IOException | RuntimeException e) {
            events.publishEvent(new WorkFailed(
                    "accounts/data-archives",
                    "the export of business " + due.tenant() + ", which is begun anew in ten minutes",
                    e));
        }
    }

    private void expire() {
        jdbc.sql("/* all tenants */ SELECT tenant_id, id FROM data_archive WHERE state = 'RUNNING' "
                        + "AND beat_at < UTC_TIMESTAMP(6) - INTERVAL 10 MINUTE")
                .query((rs, n) -> new Due(new TenantId(rs.getLong(1)), rs.getLong(2)))
                .list()
                .forEach(due -> disposal.renew(due.tenant(), due.id()));
        jdbc.sql("/* all tenants */ SELECT tenant_id, id FROM data_archive WHERE expires_at < UTC_TIMESTAMP(6)")
                .query((rs, n) -> new Due(new TenantId(rs.getLong(1)), rs.getLong(2)))
                .list()
                .forEach(due -> drop(due.tenant(), due.id()));
    }

    /** Piece by piece: a file may be large, and a transaction should not be. */
    void drop(TenantId tenant, long id) {
        int step;
        do {
            step = jdbc.sql("DELETE FROM data_archive_part WHERE tenant_id = ? AND archive_id = ? LIMIT 50")
                    .params(tenant.value(), id)
                    .update();
        } while (step > 0);
        jdbc.sql("DELETE FROM data_archive WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .update();
    }

    @PreDestroy
    void stop() {
        LastWork.end(thread, Duration.ofSeconds(5));
    }
}
