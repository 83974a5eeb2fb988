package io.perennial.accounts;

import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Each sign-in is an entry in the log of the business it led into. */
@Component
class SignInsInAudit {

    private final AuditLog audit;
    private final TransactionTemplate transaction;

    SignInsInAudit(AuditLog audit, TransactionTemplate transaction) {
        this.audit = audit;
        this.transaction = transaction;
    }

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof StaffPrincipal staff) {
            transaction.executeWithoutResult(
                    status -> audit.recordFor(staff.tenant(), StaffDeed.SIGNED_IN, null, null, AuditChanges.none()));
        }
    }
}
