package io.perennial.delivery.sender;

import io.perennial.delivery.SenderTrust;
import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.CurrentTenant;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Tells other features whether mails from an address are signed so that receivers can verify it. */
@Service
class DkimStanding implements SenderTrust {

    private final DkimStore store;

    DkimStanding(DkimStore store) {
        this.store = store;
    }

    @Override
    @PreAuthorize("hasAnyAuthority('campaign:read', 'settings:read')")
    public boolean isSigned(EmailAddress sender) {
        return store.of(CurrentTenant.require(), Domains.ofAddress(sender.value())).stream()
                .anyMatch(key -> key.state() == State.ACTIVE && key.isConfirmed());
    }
}
