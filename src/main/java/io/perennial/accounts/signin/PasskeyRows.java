package io.perennial.accounts.signin;

import io.perennial.accounts.signin.PasskeyCheck.Stored;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Passkeys in the database. */
@Component
@TenantSql("A person's passkeys, who belongs to no tenant; each statement names the person or the passkey's own id.")
class PasskeyRows {

    /** @param email of whose it is */
    record Found(long id, long account, String email, Stored stored) {}

    private final JdbcClient jdbc;

    PasskeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Passkey> of(long account) {
        return jdbc.sql("SELECT id, name, made_at, used_at, backed_up FROM staff_passkey WHERE account_id = ? "
                        + "ORDER BY id")
                .param(account)
                .query((rs, n) -> new Passkey(
                        rs.getLong(1),
                        rs.getString(2),
                        utc(rs.getObject(3, LocalDateTime.class)),
                        rs.getObject(4) == null ? null : utc(rs.getObject(4, LocalDateTime.class)),
                        rs.getBoolean(5)))
                .list();
    }

    List<Stored> keysOf(long account) {
        return jdbc.sql("SELECT credential, sign_count, backup_eligible, backed_up, transports FROM staff_passkey "
                        + "WHERE account_id = ? ORDER BY id")
                .param(account)
                .query((rs, n) ->
                        new Stored(rs.getBytes(1), rs.getLong(2), rs.getBoolean(3), rs.getBoolean(4), rs.getString(5)))
                .list();
    }

    int count(long account) {
        return jdbc.sql("SELECT COUNT(*) FROM staff_passkey WHERE account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /** The row is the lock: of two answers with the same counter, one is right. */
    Optional<Found> find(byte[] credentialId) {
        return jdbc.sql("SELECT p.id, p.account_id, a.email, p.credential, p.sign_count, p.backup_eligible, "
                        + "p.backed_up, p.transports FROM staff_passkey p JOIN staff_account a ON a.id = p.account_id "
                        + "WHERE p.credential_hash = ? AND a.enabled FOR UPDATE")
                .param(Tokens.hash(credentialId))
                .query((rs, n) -> new Found(
                        rs.getLong(1),
                        rs.getLong(2),
                        rs.getString(3),
                        new Stored(rs.getBytes(4), rs.getLong(5), rs.getBoolean(6), rs.getBoolean(7), rs.getString(8))))
                .optional();
    }

    /** @return false if somebody has it already */
    boolean add(long account, byte[] credentialId, Stored made, String name) {
        return jdbc.sql("INSERT INTO staff_passkey (id, account_id, credential_hash, credential, transports, "
                                + "sign_count, backup_eligible, backed_up, name, made_at) "
                                + "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6) FROM staff_account WHERE id = ? "
                                + "AND NOT EXISTS (SELECT 1 FROM staff_passkey WHERE credential_hash = ?)")
                        .params(
                                TimeOrderedIds.next(),
                                account,
                                Tokens.hash(credentialId),
                                made.credential(),
                                made.transports(),
                                made.signCount(),
                                made.backupEligible(),
                                made.backedUp(),
                                name,
                                account,
                                Tokens.hash(credentialId))
                        .update()
                > 0;
    }

    void used(long id, Stored now) {
        jdbc.sql("UPDATE staff_passkey SET sign_count = ?, backed_up = ?, used_at = UTC_TIMESTAMP(6) WHERE id = ?")
                .params(now.signCount(), now.backedUp(), id)
                .update();
    }

    boolean rename(long account, long id, String name) {
        return jdbc.sql("UPDATE staff_passkey SET name = ? WHERE id = ? AND account_id = ?")
                        .params(name, id, account)
                        .update()
                > 0;
    }

    boolean remove(long account, long id) {
        return jdbc.sql("DELETE FROM staff_passkey WHERE id = ? AND account_id = ?")
                        .params(id, account)
                        .update()
                > 0;
    }

    /** Of several changes to one person's ways in, each sees what the one before left. */
    void lock(long account) {
        jdbc.sql("SELECT id FROM staff_account WHERE id = ? FOR UPDATE")
                .param(account)
                .query(Long.class)
                .single();
    }

    private static Instant utc(@Nullable LocalDateTime at) {
        return at == null ? Instant.EPOCH : at.toInstant(ZoneOffset.UTC);
    }
}
