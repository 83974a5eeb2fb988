package io.perennial.delivery.sender;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.Permission;
import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The domain that a business's mails come from: its keys, and what the DNS says of it. */
@Service
public class SenderDomain {

    private static final String LETTERS = "abcdefghjkmnpqrstvwxyz23456789";

    private final DkimStore store;
    private final StoredSigningKeys signing;
    private final SenderCheck check;
    private final Businesses businesses;
    private final EnvelopeDomains envelopes;
    private final SendingHosts hosts;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final SecureRandom random = new SecureRandom();

    SenderDomain(
            DkimStore store,
            StoredSigningKeys signing,
            SenderCheck check,
            Businesses businesses,
            EnvelopeDomains envelopes,
            SendingHosts hosts,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.store = store;
        this.signing = signing;
        this.check = check;
        this.businesses = businesses;
        this.envelopes = envelopes;
        this.hosts = hosts;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** The domain of the business's From; empty while it has none. */
    @PreAuthorize("hasAuthority('settings:read')")
    public Optional<String> name() {
        return domain(businesses.current());
    }

    /** Its keys, the oldest first. */
    @PreAuthorize("hasAuthority('settings:read')")
    public List<DkimKey> keys() {
        TenantId tenant = CurrentTenant.require();
        return domain(businesses.current())
                .map(domain -> store.of(tenant, domain))
                .orElse(List.of());
    }

    /**
     * Makes a pair of each kind, under a new selector, to be taken into use when their records are in the DNS; those in
     * use go on meanwhile. Others that were waiting are forgotten.
     */
    @PreAuthorize("hasAuthority('settings:write')")
    public void makeKeys() {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        String domain = domain(businesses.current())
                .orElseThrow(() -> new IllegalStateException("The business has no sender address yet"));
        Map<DkimAlgorithm, KeyPair> pairs = new EnumMap<>(DkimAlgorithm.class);
        for (DkimAlgorithm algorithm : DkimAlgorithm.values()) {
            pairs.put(algorithm, algorithm.newPair());
        }
        transaction.executeWithoutResult(status -> {
            store.of(tenant, domain).stream()
                    .filter(key -> key.state() == State.WAITING)
                    .forEach(key -> store.remove(tenant, key.id()));
            String name = selector();
            pairs.forEach((algorithm, pair) -> store.add(
                    tenant, domain, name + (algorithm == DkimAlgorithm.RSA ? "-rsa" : "-ed"), algorithm, pair));
            audit.record(SenderDeed.KEYS_MADE, null, domain);
        });
    }

    /** Signs with this key from now on, whether or not its record was seen; the one before is retired. */
    @PreAuthorize("hasAuthority('settings:write')")
    public void switchOn(long id) {
        TenantId tenant = CurrentTenant.require();
        transaction.executeWithoutResult(status -> keys().stream()
                .filter(key -> key.id() == id && key.state() == State.WAITING)
                .forEach(key -> {
                    store.activate(tenant, key);
                    audit.record(SenderDeed.KEY_ON, id, key.selector());
                }));
        signing.expire(tenant);
    }

    /** Signs no longer with this key; it can be switched on again. */
    @PreAuthorize("hasAuthority('settings:write')")
    public void switchOff(long id) {
        TenantId tenant = CurrentTenant.require();
        transaction.executeWithoutResult(status -> {
            store.suspend(tenant, id);
            audit.record(SenderDeed.KEY_OFF, id, selectorOf(id));
        });
        signing.expire(tenant);
    }

    /** Forgets a key that is not in use. */
    @PreAuthorize("hasAuthority('settings:write')")
    public void remove(long id) {
        FreshProof.require();
        transaction.executeWithoutResult(status -> {
            audit.record(SenderDeed.KEY_REMOVED, id, selectorOf(id));
            store.remove(CurrentTenant.require(), id);
        });
    }

    private @Nullable String selectorOf(long id) {
        return keys().stream()
                .filter(key -> key.id() == id)
                .map(DkimKey::selector)
                .findFirst()
                .orElse(null);
    }

    /**
     * Asks the DNS. Where the one who asks may change settings, keys whose record is there are taken into use. Takes
     * seconds where the DNS is slow; in no transaction.
     */
    @PreAuthorize("hasAuthority('settings:read')")
    public Optional<SenderReport> check() {
        return report(CurrentStaff.may(Permission.SETTINGS_WRITE));
    }

    /** The same for background work, which takes into use what is there. */
    Optional<SenderReport> report(boolean mayChange) {
        TenantId tenant = CurrentTenant.require();
        Business business = businesses.current();
        String email = business.senderEmail();
        return domain(business).map(domain -> {
            List<DkimKey> keys = store.of(tenant, domain);
            return check.report(
                    new SenderCheck.Question(
                            domain,
                            envelopes.of(tenant, String.valueOf(email)),
                            String.valueOf(email),
                            hosts.of(tenant),
                            keys),
                    (key, right) -> {
                        if (mayChange) {
                            note(tenant, key, right);
                        }
                    });
        });
    }

    private void note(TenantId tenant, DkimKey key, boolean right) {
        store.looked(tenant, key.id(), right);
        // One that was switched off by a person, having been seen before, stays off until they switch it on.
        if (right && key.state() == State.WAITING && key.seen() == null) {
            store.activate(tenant, key);
            signing.expire(tenant);
        }
    }

    private static Optional<String> domain(Business business) {
        return Optional.ofNullable(business.senderEmail())
                .filter(email -> email.indexOf('@') > 0)
                .map(Domains::ofAddress);
    }

    private String selector() {
        StringBuilder name = new StringBuilder("perennial-");
        for (int i = 0; i < 5; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
