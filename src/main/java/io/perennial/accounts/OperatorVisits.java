package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Operators inside businesses that are not theirs: with a reason, for a while, seen by the owners.
 *
 * @see <a href="../../../../../../docs/decisions/0114-operators.md">0114-operators.md</a>
 */
@Service
@TenantSql("A visit leads from one business into another; each statement names the one visited.")
public class OperatorVisits {

    /** How long a visit goes on without being prolonged. */
    public static final int MINUTES = 30;

    /** After this it is over whatever is asked: another one needs a reason of its own. */
    public static final int LONGEST_HOURS = 4;

    /** A reason that its owners understand has more than a word. */
    public static final int SHORTEST_REASON = 10;

    static final int LONGEST_REASON = 500;

    /**
     * Of visit v, its account a and business b: it may go on. A business that was suspended meanwhile can be entered anew,
     * to look.
     */
    static final String GOES_ON = "v.ended_at IS NULL AND v.ends_at > UTC_TIMESTAMP(6) AND a.enabled AND a.operator "
            + "AND (b.suspended_at IS NULL OR b.suspended_at <= v.begun_at)";

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final AuditLog audit;
    private final VisitMails mails;

    OperatorVisits(JdbcClient jdbc, StaffAccounts accounts, AuditLog audit, VisitMails mails) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.audit = audit;
        this.mails = mails;
    }

    /** A visit as a page shows it. */
    public record Standing(String reason, boolean mayWrite, Instant endsAt, Instant endsAtLatest) {

        /** Whether it can be prolonged by more than a minute. */
        public boolean canGoOn() {
            return endsAt.plusSeconds(60).isBefore(endsAtLatest);
        }
    }

    /**
     * Begins a visit, tells the owners by mail and writes it into their audit log.
     *
     * @param reason in words that the owners read
     * @return the operator as they are there, for a session of its own ({@link ConsoleDoor})
     * @throws StaffRuleException without a reason; if they work there anyway; if that business asks for a second factor
     *     that this session has not shown
     */
    @Transactional
    @PreAuthorize("hasAuthority('platform:operate')")
    public StaffPrincipal enter(TenantId tenant, String reason, boolean mayWrite) {
        FreshProof.require();
        StaffPrincipal operator = CurrentStaff.find().orElseThrow();
        String why = reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw new StaffRuleException(Rule.VISIT_REASON);
        }
        if (accounts.memberships().stream().anyMatch(each -> each.tenant().equals(tenant))) {
            throw new StaffRuleException(Rule.ALREADY_MEMBER);
        }
        boolean strict = jdbc.sql("SELECT second_factor FROM business WHERE id = ?")
                .param(tenant.value())
                .query(Boolean.class)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No business " + tenant));
        if (strict && !SignInDetails.current().map(SignInDetails::hasTwoFactors).orElse(false)) {
            throw new StaffRuleException(Rule.VISIT_SECOND_FACTOR);
        }
        OperatorVisit visit = new OperatorVisit(
                TimeOrderedIds.next(), tenant.value(), operator.tenant().value(), why, mayWrite);
        jdbc.sql(
                        "INSERT INTO operator_visit (tenant_id, id, account_id, home, who, reason, may_write, begun_at, ends_at) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL "
                                + MINUTES
                                + " MINUTE)")
                .params(
                        tenant.value(),
                        visit.id(),
                        operator.accountId(),
                        visit.home(),
                        operator.displayName(),
                        why,
                        mayWrite)
                .update();
        audit.recordVisit(
                visit,
                operator.accountId(),
                operator.displayName(),
                StaffDeed.VISIT_BEGUN,
                AuditChanges.none()
                        .and(
                                "accounts.visit.extent_log",
                                null,
                                t(mayWrite ? "accounts.visit.write" : "accounts.visit.read")));
        mails.tellOwners(visit, operator.displayName());
        Membership inside = membership(operator, visit).orElseThrow();
        return operator.visiting(visit, inside);
    }

    /** The visit that the one signed in is on; empty if it is over. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('platform:visit')")
    public Optional<Standing> current() {
        OperatorVisit visit = visit();
        return jdbc.sql("SELECT reason, may_write, ends_at, begun_at + INTERVAL " + LONGEST_HOURS
                        + " HOUR AS latest FROM operator_visit WHERE tenant_id = ? AND id = ? AND ended_at IS NULL")
                .params(visit.tenantId(), visit.id())
                .query((rs, n) -> new Standing(
                        rs.getString(1),
                        rs.getBoolean(2),
                        rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .optional();
    }

    /** Lets the visit end {@value #MINUTES} minutes from now, but {@value #LONGEST_HOURS} hours after it began at the latest. */
    @Transactional
    @PreAuthorize("hasAuthority('platform:visit')")
    public void prolong() {
        OperatorVisit visit = visit();
        int longer = jdbc.sql("UPDATE operator_visit SET ends_at = LEAST(UTC_TIMESTAMP(6) + INTERVAL " + MINUTES
                        + " MINUTE, begun_at + INTERVAL " + LONGEST_HOURS + " HOUR) "
                        + "WHERE tenant_id = ? AND id = ? AND ended_at IS NULL AND ends_at > UTC_TIMESTAMP(6)")
                .params(visit.tenantId(), visit.id())
                .update();
        if (longer > 0) {
            audit.record(StaffDeed.VISIT_PROLONGED, null, null);
        }
    }

    /**
     * Ends the visit.
     *
     * @return the same person in the business of their own that they came from; empty if they no longer work there
     */
    @Transactional
    @PreAuthorize("hasAuthority('platform:visit')")
    public Optional<StaffPrincipal> leave() {
        StaffPrincipal staff = CurrentStaff.find().orElseThrow();
        OperatorVisit visit = visit();
        end(visit, staff.accountId(), staff.displayName(), VisitEnd.LEFT);
        return accounts.reload(staff.accountId(), new TenantId(visit.home()));
    }

    /** What the visitor may do now, asked for each of their requests; empty if the visit is over. */
    @Transactional(readOnly = true)
    public Optional<Membership> membershipNow(StaffPrincipal visitor) {
        return visitor.visit().flatMap(visit -> membership(visitor, visit));
    }

    /**
     * The visitor at home, once their visit is over.
     *
     * @return empty if they may not go on at home either
     */
    @Transactional(readOnly = true)
    public Optional<StaffPrincipal> home(StaffPrincipal visitor) {
        return visitor.visit()
                .map(visit -> new TenantId(visit.home()))
                .filter(home -> accounts.membershipNow(visitor, home).isPresent())
                .flatMap(home -> accounts.reload(visitor.accountId(), home));
    }

    /** The visitor's session is over: signed out, switched, or not used for long. */
    @Transactional
    public void over(StaffPrincipal visitor) {
        visitor.visit()
                .ifPresent(visit -> end(visit, visitor.accountId(), visitor.displayName(), VisitEnd.SESSION_OVER));
    }

    void end(OperatorVisit visit, long account, String who, VisitEnd why) {
        int ended = jdbc.sql("UPDATE operator_visit SET ended_at = UTC_TIMESTAMP(6), ended_why = ? "
                        + "WHERE tenant_id = ? AND id = ? AND ended_at IS NULL")
                .params(why.name(), visit.tenantId(), visit.id())
                .update();
        if (ended > 0) {
            audit.recordVisit(
                    visit,
                    account,
                    who,
                    StaffDeed.VISIT_ENDED,
                    AuditChanges.none().and("accounts.visit.why", null, why.words()));
        }
    }

    private Optional<Membership> membership(StaffPrincipal staff, OperatorVisit visit) {
        return jdbc.sql("SELECT b.name, " + BusinessStanding.AT_WORK + " AS at_work FROM operator_visit v "
                        + "JOIN staff_account a ON a.id = v.account_id JOIN business b ON b.id = v.tenant_id "
                        + "WHERE v.tenant_id = ? AND v.id = ? AND v.account_id = ? AND a.session_version = ? AND "
                        + GOES_ON)
                .params(visit.tenantId(), visit.id(), staff.accountId(), staff.sessionVersion())
                .query((rs, n) -> new Membership(
                        visit.tenantId(),
                        rs.getString("name"),
                        StaffRole.visitor(visit.mayWrite()),
                        rs.getBoolean("at_work")))
                .optional();
    }

    private static OperatorVisit visit() {
        return CurrentStaff.find().flatMap(StaffPrincipal::visit).orElseThrow();
    }
}
