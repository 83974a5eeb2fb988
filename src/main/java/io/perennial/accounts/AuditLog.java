package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down who did what in the business being worked in. An entry is part of the transaction of the deed itself:
 * there is none of the one without the other. Entries are never changed, and
 * deleted only with the whole business.
 */
@Component
@TenantSql("Only ever inserts, naming the tenant; an entity could be changed.")
public class AuditLog {

    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditLog(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Adds an entry about something with a name.
     *
     * @param subjectId what it was done to, or null where the deed says it all
     * @param subjectName as it was called then; null for customers, who may be erased one day
     * @throws org.springframework.transaction.IllegalTransactionStateException outside the deed's transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Deed deed, @Nullable Object subjectId, @Nullable String subjectName, AuditChanges changes) {
        recordFor(CurrentTenant.require(), deed, subjectId, subjectName, changes);
    }

    /**
     * Adds an entry to the log of a business that is not the one being worked in: what an operator does about it is its
     * owner's to see.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recordFor(
            TenantId tenant,
            Deed deed,
            @Nullable Object subjectId,
            @Nullable String subjectName,
            AuditChanges changes) {
        Long actor = CurrentStaff.program()
                .map(ProgramActor::actorId)
                .or(() -> CurrentStaff.find().map(StaffPrincipal::accountId))
                .orElse(null);
        OperatorVisit visit = CurrentStaff.find()
                .flatMap(StaffPrincipal::visit)
                .filter(each -> each.tenant().equals(tenant))
                .orElse(null);
        String name = CurrentStaff.actorName().orElse("Perennial");
        insert(tenant, actor, name, visit, deed, subjectId, subjectName, changes);
    }

    /** Adds an entry of somebody who is known but not signed in, by a link that only they have for instance. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recordBy(
            TenantId tenant,
            @Nullable Long actorId,
            String actorName,
            Deed deed,
            @Nullable Object subjectId,
            @Nullable String subjectName,
            AuditChanges changes) {
        insert(tenant, actorId, actorName, null, deed, subjectId, subjectName, changes);
    }

    /** Adds that an operator came into a business or left it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void recordVisit(OperatorVisit visit, long actorId, String actorName, Deed deed, AuditChanges changes) {
        insert(visit.tenant(), actorId, actorName, visit, deed, null, null, changes);
    }

    private void insert(
            TenantId tenant,
            @Nullable Long actorId,
            String actorName,
            @Nullable OperatorVisit visit,
            Deed deed,
            @Nullable Object subjectId,
            @Nullable String subjectName,
            AuditChanges changes) {
        jdbc.sql(
                        "INSERT INTO audit_entry (tenant_id, id, at, actor_id, actor_name, deed, subject_id, subject_name, "
                                + "changes, origin, visit_id, visit_reason) VALUES (?, ?, UTC_TIMESTAMP(6), ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(tenant.value())
                .param(TimeOrderedIds.next())
                .param(actorId)
                .param(actorName)
                .param(deed.key())
                .param(subjectId == null ? null : subjectId.toString())
                .param(subjectName == null ? null : cut(subjectName))
                .param(changes.isEmpty() ? null : json.writeValueAsString(changes.list()))
                .param(origin())
                .param(visit == null ? null : visit.id())
                .param(visit == null ? null : visit.reason())
                .update();
    }

    /**
     * As {@link #record(Deed, Object, String, AuditChanges)}, in a transaction on a connection that was lent: the chunk of
     * an import, which the usual transactions do not know.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void recordInChunk(
            Deed deed, @Nullable Object subjectId, @Nullable String subjectName, AuditChanges changes) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An entry is part of its deed's transaction");
        }
        recordFor(CurrentTenant.require(), deed, subjectId, subjectName, changes);
    }

    /** As {@link #record(Deed, Object, String, AuditChanges)}, where nothing changed that could be told by fields. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Deed deed, @Nullable Object subjectId, @Nullable String subjectName) {
        record(deed, subjectId, subjectName, AuditChanges.none());
    }

    /** The address the request came from; for work that goes on behind a request, that of the sign-in. */
    private static @Nullable String origin() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
            return request.getRequest().getRemoteAddr();
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : null;
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
