package io.perennial.delivery.sender;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.delivery.sender.SenderServer.Draft;
import io.perennial.delivery.sender.ServerProbe.Finding;
import io.perennial.delivery.sender.ServerProbe.Problem;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A business's own mail server: set, tested, used or not. Its password goes in and never comes out. */
@Service
public class SenderServers {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:.]+");

    private final ServerStore store;
    private final ServerProbe probe;
    private final Businesses businesses;
    private final AuditLog audit;

    SenderServers(ServerStore store, ServerProbe probe, Businesses businesses, AuditLog audit) {
        this.store = store;
        this.probe = probe;
        this.businesses = businesses;
        this.audit = audit;
    }

    /** Settings that cannot be taken; the message is a key of the texts. */
    public static class Refused extends RuntimeException {
        Refused(String key) {
            super(key);
        }
    }

    /** The own server, in use or not; empty where none was ever set. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public Optional<SenderServer> current() {
        return Optional.ofNullable(store.find(CurrentTenant.require()));
    }

    /**
     * Keeps these settings and sends over them from now on.
     *
     * @throws Refused if they are none, or would hand the kept password to another server or user
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void save(Draft wanted) {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        Draft draft = checked(wanted);
        SenderServer before = store.find(tenant);
        boolean keep = keepsPassword(before, draft);
        store.save(tenant, draft, draft.username() == null ? null : draft.password(), keep);
        audit.record(
                SenderDeed.SERVER_CHANGED,
                null,
                draft.host(),
                AuditChanges.none()
                        .and("delivery.deed.host", before == null ? null : before.host(), draft.host())
                        .and("delivery.deed.port", before == null ? null : before.port(), draft.port())
                        .and(
                                "delivery.deed.encryption",
                                before == null ? null : before.encryption(),
                                draft.encryption())
                        .and("delivery.deed.username", before == null ? null : before.username(), draft.username())
                        // Only that there is another one; never the password.
                        .and("delivery.deed.password", null, keep || draft.password() == null ? null : "••••"));
    }

    /** Sends over the own server, or over the installation's; the settings stay. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void use(boolean own) {
        store.use(CurrentTenant.require(), own);
        audit.record(
                SenderDeed.SERVER_SWITCHED, null, null, AuditChanges.none().and("delivery.deed.own_server", !own, own));
    }

    /** Sends over the installation's server and forgets user and password of the own. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void forget() {
        FreshProof.require();
        store.forget(CurrentTenant.require());
        audit.record(SenderDeed.SERVER_FORGOTTEN, null, null);
    }

    /**
     * Speaks to a server as far as that it would take a mail. No transaction: it may take seconds.
     *
     * @param wanted the settings to test, kept or not
     * @throws Refused as {@link #save}
     */
    @PreAuthorize("hasAuthority('settings:write')")
    public Finding test(Draft wanted) {
        TenantId tenant = CurrentTenant.require();
        Draft draft = checked(wanted);
        SenderServer kept = store.find(tenant);
        String password = keepsPassword(kept, draft) ? store.password(tenant) : draft.password();
        String sender = businesses.current().senderEmail();
        String tester = CurrentStaff.find().map(staff -> staff.getUsername()).orElse("");
        String from = sender == null ? tester : sender;
        Finding finding = probe.probe(
                new OwnServers.Access(draft.host(), draft.port(), draft.encryption(), draft.username(), password),
                from,
                tester.isEmpty() ? from : tester);
        if (kept != null && isSame(kept, draft)) {
            store.tested(tenant, finding);
        }
        return finding;
    }

    private static boolean isSame(SenderServer kept, Draft draft) {
        return draft.password() == null
                && kept.host().equals(draft.host())
                && kept.port() == draft.port()
                && kept.encryption() == draft.encryption()
                && Objects.equals(kept.username(), draft.username());
    }

    private static boolean keepsPassword(@Nullable SenderServer kept, Draft draft) {
        if (draft.password() != null || draft.username() == null) {
            return false;
        }
        if (kept != null && kept.keepsPasswordFor(draft)) {
            return true;
        }
        // Whoever may change the host must not be able to have the kept password sent to a server of theirs.
        throw new Refused(kept != null && kept.withPassword() ? "password_anew" : "password_missing");
    }

    private static Draft checked(Draft draft) {
        String host = Domains.ascii(draft.host());
        if (!HOST.matcher(host).matches()) {
            throw new Refused("host_invalid");
        }
        if (draft.port() < 1 || draft.port() > 65535) {
            throw new Refused("port_invalid");
        }
        String username = draft.username() == null || draft.username().isBlank()
                ? null
                : draft.username().strip();
        String password = draft.password() == null || draft.password().isEmpty() ? null : draft.password();
        if (isTooLong(username, 254) || isTooLong(password, 1000)) {
            throw new Refused("too_long");
        }
        return new Draft(host, draft.port(), draft.encryption(), username, password);
    }

    private static boolean isTooLong(@Nullable String text, int longest) {
        return text != null && (text.length() > longest || text.chars().anyMatch(Character::isISOControl));
    }

    /** Whether a test that ended so lets mails out. */
    public static boolean isGood(Finding finding) {
        return finding.problem() == Problem.NONE;
    }
}
