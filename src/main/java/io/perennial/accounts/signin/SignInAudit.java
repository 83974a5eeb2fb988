package io.perennial.accounts.signin;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Deed;
import io.perennial.accounts.Membership;
import io.perennial.accounts.StaffPrincipal;
import org.springframework.stereotype.Component;

/** A person's ways in concern every business they work in: each has an entry of what they did about them. */
@Component
class SignInAudit {

    private final AuditLog audit;

    SignInAudit(AuditLog audit) {
        this.audit = audit;
    }

    void record(StaffPrincipal staff, Deed deed) {
        for (Membership each : staff.memberships()) {
            audit.recordBy(
                    each.tenant(),
                    staff.accountId(),
                    staff.displayName(),
                    deed,
                    staff.accountId(),
                    staff.getUsername(),
                    AuditChanges.none());
        }
    }
}
