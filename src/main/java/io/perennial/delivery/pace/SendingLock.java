package io.perennial.delivery.pace;

import io.perennial.delivery.pace.InstallationFile.Memory;
import io.perennial.tenancy.TenantSql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The lock on all sending. It closes by itself where the database is not the one this node knew, or lies behind what it
 * was: a backup was restored, and what was sent since is not known to it. Only an operator opens it.
 *
 * @see <a href="../../../../../../docs/decisions/0507-pace.md">0507-pace.md</a>
 */
@Component
@TenantSql("The installation's row and the runs of all tenants that an unlocking pauses.")
public class SendingLock {

    private static final Logger log = LoggerFactory.getLogger(SendingLock.class);
    private static final long FRESH = Duration.ofSeconds(5).toNanos();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstallationFile file;
    private final InstallationProperties properties;
    private final boolean byConfiguration;
    private volatile @Nullable String reason = "This node has not looked at its database yet";
    private volatile boolean sawItLocked;
    private volatile long lookedAt;
    private volatile boolean looked;

    public SendingLock(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstallationProperties properties,
            @Value("${perennial.delivery.locked:false}") boolean byConfiguration) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        this.file = new InstallationFile(Path.of(properties.file()));
        this.byConfiguration = byConfiguration;
    }

    private record Row(
            String identity,
            @Nullable String accepts,
            long epoch,
            long quietSeconds,
            @Nullable String lockReason,
            boolean fresh) {}

    /**
     * Why nothing is sent; empty when it may be. Looks at the database every few seconds.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public synchronized Optional<String> reason() {
        if (byConfiguration) {
            return Optional.of("Locked by configuration (perennial.delivery.locked)");
        }
        if (!looked || System.nanoTime() - lookedAt > FRESH) {
            look();
        }
        return Optional.ofNullable(reason);
    }

    /** What pages say of it: as the database has it, without a look by this node. */
    Optional<String> shown() {
        return byConfiguration
                ? reason()
                : jdbc.sql("SELECT lock_reason FROM installation WHERE id = 1 AND lock_reason IS NOT NULL")
                        .query(String.class)
                        .optional();
    }

    public boolean isLocked() {
        return reason().isPresent();
    }

    /** Whether an operator can open it: not where the configuration says otherwise. */
    boolean isByConfiguration() {
        return byConfiguration;
    }

    synchronized void look() {
        Memory kept = transaction.execute(status -> examine());
        if (kept != null && properties.guarded()) {
            file.write(kept);
        }
        looked = true;
        lookedAt = System.nanoTime();
    }

    /** What this node is to remember; nothing while it is locked. */
    private @Nullable Memory examine() {
        Row row = row();
        String trouble = row.lockReason();
        if (trouble == null && properties.guarded() && !row.fresh()) {
            trouble = file.read().map(memory -> strange(row, memory)).orElseGet(() -> unknown(row));
            if (trouble != null) {
                log.error("Nothing is sent until an operator unlocks it: {}", trouble);
                close(trouble, null);
            }
        }
        reason = trouble;
        sawItLocked = trouble != null;
        if (trouble != null) {
            return null;
        }
        jdbc.sql("UPDATE installation SET epoch = epoch + 1, seen_at = UTC_TIMESTAMP(6) WHERE id = 1")
                .update();
        return new Memory(row.identity(), row.epoch() + 1);
    }

    private @Nullable String strange(Row row, Memory memory) {
        if (memory.identity().equals(row.identity())) {
            return memory.epoch() <= row.epoch()
                    ? null
                    : "The database is older than it was: a backup was restored. Mails sent since then are not "
                            + "known to it";
        }
        // Unlocked elsewhere, or here before our eyes.
        return memory.identity().equals(row.accepts()) || sawItLocked
                ? null
                : "The database belongs to another installation than this node: a backup was restored, or a copy "
                        + "is used";
    }

    private @Nullable String unknown(Row row) {
        return row.quietSeconds() <= properties.quiet().toSeconds()
                ? null
                : "This node does not know the database, and nothing has used it for "
                        + words(Duration.ofSeconds(row.quietSeconds())) + ": it may be a restored backup";
    }

    private static String words(Duration quiet) {
        long minutes = quiet.toMinutes();
        return minutes < 120 ? minutes + " minutes" : quiet.toHours() + " hours";
    }

    private Row row() {
        int fresh = jdbc.sql("INSERT IGNORE INTO installation (id, identity, epoch, seen_at) "
                        + "VALUES (1, ?, 0, UTC_TIMESTAMP(6))")
                .param(UUID.randomUUID().toString())
                .update();
        return jdbc.sql("SELECT identity, accepts, epoch, TIMESTAMPDIFF(SECOND, seen_at, UTC_TIMESTAMP(6)), "
                        + "lock_reason FROM installation WHERE id = 1 FOR UPDATE")
                .query((rs, n) -> new Row(
                        rs.getString(1), rs.getString(2), rs.getLong(3), rs.getLong(4), rs.getString(5), fresh == 1))
                .single();
    }

    /** Closes it for all nodes. */
    synchronized void close(String why, @Nullable String by) {
        jdbc.sql("UPDATE installation SET lock_reason = ?, locked_at = UTC_TIMESTAMP(6), changed_by = ? WHERE id = 1")
                .param(why)
                .param(by)
                .update();
        looked = false;
    }

    /**
     * Opens it under a new identity: nodes that know the database as it was go on with it, a second restore of the same
     * backup is noticed again.
     *
     * @param pauseRuns whether runs that were under way wait for their owners to resume them
     */
    synchronized void open(String by, boolean pauseRuns) {
        transaction.executeWithoutResult(status -> {
            if (pauseRuns) {
                jdbc.sql("UPDATE /* all tenants */ delivery_run SET state = 'PAUSED', state_reason = ? "
                                + "WHERE state = 'SENDING'")
                        .param("The database was restored from a backup. Mails sent after the backup was made are not "
                                + "known: resuming may send them once more")
                        .update();
            }
            jdbc.sql("UPDATE installation SET accepts = identity, identity = ?, epoch = epoch + 1, lock_reason = NULL, "
                            + "locked_at = NULL, seen_at = UTC_TIMESTAMP(6), changed_by = ? WHERE id = 1")
                    .params(UUID.randomUUID().toString(), by)
                    .update();
        });
        looked = false;
        sawItLocked = true;
        log.warn("Sending was unlocked by an operator");
    }
}
