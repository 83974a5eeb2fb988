package io.perennial.accounts.signin;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The sessions that people have open, on all nodes. The database decides: a session goes on as long as its row is there,
 * and each request looks. A node that died leaves rows behind, which are shown no more an hour after their last request.
 */
@Service
@TenantSql("A person's sessions, who belongs to no tenant; each statement names the person.")
public class StaffSessions {

    /** How exactly it is known when a session was last used. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    /** Open pages ask every five minutes; a session without any is over after half an hour. */
    private static final Duration GONE_AFTER = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final SignInAudit deeds;
    private final TransactionTemplate transaction;

    StaffSessions(JdbcClient jdbc, SignInAudit deeds, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.deeds = deeds;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Looks for each request whether its session may go on in the business it is in; with the first one it begins.
     *
     * @return false if it was ended, here or on another node, or has shown less than that business requires
     */
    public boolean goesOn(SignInDetails details, StaffPrincipal staff, String address) {
        synchronized (details) {
            if (details.session() == 0) {
                // Committed before anybody else knows its id: who looked for a row that is not there yet would end the
                // session.
                details.begun(Objects.requireNonNull(transaction.execute(x -> begin(details, staff.accountId()))));
                details.note(Instant.now());
            }
            boolean goesOn = holds(details, staff);
            Instant now = Instant.now();
            if (goesOn && details.noted().plus(NOTED_EVERY).isBefore(now)) {
                details.note(now);
                jdbc.sql("UPDATE staff_session SET seen_at = UTC_TIMESTAMP(6), address = ? WHERE id = ?")
                        .params(address, details.session())
                        .update();
            }
            return goesOn;
        }
    }

    /** The same without a request: the session is not used by being looked at. One that has not begun goes on. */
    @Transactional(readOnly = true)
    public boolean wouldGoOn(SignInDetails details, StaffPrincipal staff) {
        return details.session() == 0 || holds(details, staff);
    }

    private boolean holds(SignInDetails details, StaffPrincipal staff) {
        return jdbc.sql("SELECT COUNT(*) FROM staff_session s JOIN business b ON b.id = ? "
                                + "WHERE s.id = ? AND s.account_id = ? AND (s.second_factor OR NOT b.second_factor) "
                                + "AND (b.only_issuer IS NULL OR b.only_issuer = ? OR ?)")
                        .param(staff.tenant().value())
                        .param(details.session())
                        .param(staff.accountId())
                        .param(details.issuer())
                        // Visiting operators are none of the business's people.
                        .param(staff.visit().isPresent() || WaysIn.isOwnersPasskey(details, staff))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private long begin(SignInDetails details, long account) {
        jdbc.sql("DELETE FROM staff_session WHERE seen_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY LIMIT 100")
                .update();
        long id = TimeOrderedIds.next();
        jdbc.sql("INSERT INTO staff_session (id, account_id, begun_at, seen_at, address, agent, second_factor) "
                        + "VALUES (?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, ?)")
                .params(id, account, details.getRemoteAddress(), details.agent(), details.secondFactor())
                .update();
        return id;
    }

    /** A session is over by itself: signed out, or not used for long. */
    @Transactional
    public void over(SignInDetails details) {
        jdbc.sql("DELETE FROM staff_session WHERE id = ?")
                .param(details.session())
                .update();
    }

    /** Those of the one signed in, the last used first. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public List<StaffSession> mine() {
        long current = current();
        return jdbc.sql(
                        "SELECT id, begun_at, seen_at, address, agent FROM staff_session WHERE account_id = ? "
                                + "AND seen_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND ORDER BY id = ? DESC, seen_at DESC LIMIT 100")
                .params(me(), GONE_AFTER.toSeconds(), current)
                .query((rs, n) -> new StaffSession(
                        rs.getLong(1),
                        rs.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getString(4),
                        BrowserNames.of(rs.getString(5)),
                        rs.getLong(1) == current))
                .list();
    }

    /** Ends one of the sessions of the one signed in; at its next request, wherever it is, it is over. */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void end(long id) {
        int ended = jdbc.sql("DELETE FROM staff_session WHERE id = ? AND account_id = ?")
                .params(id, me())
                .update();
        if (ended > 0) {
            deeds.record(CurrentStaff.find().orElseThrow(), SignInDeed.SESSION_ENDED);
        }
    }

    /**
     * Ends all sessions of the one signed in but this one.
     *
     * @return how many
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public int endOthers() {
        int ended = jdbc.sql("DELETE FROM staff_session WHERE account_id = ? AND id <> ?")
                .params(me(), current())
                .update();
        if (ended > 0) {
            deeds.record(CurrentStaff.find().orElseThrow(), SignInDeed.OTHER_SESSIONS_ENDED);
        }
        return ended;
    }

    private static long current() {
        return SignInDetails.current().map(SignInDetails::session).orElse(0L);
    }

    private static long me() {
        return CurrentStaff.find().orElseThrow().accountId();
    }
}
