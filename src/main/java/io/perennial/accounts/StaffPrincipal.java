package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * The signed-in member of staff, working in one business at a time. The tenant of each request is read from here, so
 * it cannot be chosen by the browser; switching puts a new principal into the session.
 */
public final class StaffPrincipal implements UserDetails, CredentialsContainer {

    private final long accountId;
    private final String email;
    private final String displayName;
    private @Nullable String passwordHash;
    private final List<Membership> memberships;
    private final Membership current;
    private final int sessionVersion;
    private final boolean operator;
    private final @Nullable OperatorVisit visit;

    public StaffPrincipal(
            long accountId,
            String email,
            String displayName,
            @Nullable String passwordHash,
            List<Membership> memberships,
            Membership current) {
        this(accountId, email, displayName, passwordHash, memberships, current, 0, false, null);
    }

    StaffPrincipal(
            long accountId,
            String email,
            String displayName,
            @Nullable String passwordHash,
            List<Membership> memberships,
            Membership current,
            int sessionVersion,
            boolean operator,
            @Nullable OperatorVisit visit) {
        this.accountId = accountId;
        this.email = email;
        this.displayName = displayName;
        this.passwordHash = passwordHash;
        this.memberships = List.copyOf(memberships);
        this.current = current;
        this.sessionVersion = sessionVersion;
        this.operator = operator;
        this.visit = visit;
    }

    public long accountId() {
        return accountId;
    }

    public String displayName() {
        return displayName;
    }

    /** Grows when all of this person's sessions are to end, with a new password for instance. */
    int sessionVersion() {
        return sessionVersion;
    }

    /** Whether this person operates the installation, whatever their role in a business. */
    public boolean isOperator() {
        return operator;
    }

    /** The visit that an operator is on; empty in businesses of one's own. */
    public Optional<OperatorVisit> visit() {
        return Optional.ofNullable(visit);
    }

    /** The business this person works in now. */
    public TenantId tenant() {
        return current.tenant();
    }

    public Membership current() {
        return current;
    }

    /** Every business this person belongs to, the current one included. */
    public List<Membership> memberships() {
        return memberships;
    }

    /**
     * The same person working in another of their businesses.
     *
     * @throws IllegalArgumentException if they do not belong to it
     */
    public StaffPrincipal in(TenantId tenant) {
        Membership other = memberships.stream()
                .filter(m -> m.tenant().equals(tenant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not a member of business " + tenant));
        return new StaffPrincipal(
                accountId, email, displayName, null, memberships, other, sessionVersion, operator, null);
    }

    /** The same operator inside a business, as they may be there now. */
    StaffPrincipal visiting(OperatorVisit begun, Membership inside) {
        return new StaffPrincipal(
                accountId, email, displayName, null, memberships, inside, sessionVersion, operator, begun);
    }

    /** The same person, after something about their place or its business has changed. */
    StaffPrincipal at(Membership place) {
        return new StaffPrincipal(
                accountId, email, displayName, null, memberships, place, sessionVersion, operator, visit);
    }

    /**
     * The same visitor, after something about the business has changed.
     *
     * @throws java.util.NoSuchElementException if they are on no visit
     */
    public StaffPrincipal stillVisiting(Membership inside) {
        return visiting(visit().orElseThrow(), inside);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        Stream<String> ofRole = current.permissions().stream().map(Permission::authority);
        Stream<String> ofOwner = current.staffRole().isOwner() ? Stream.of(Owner.AUTHORITY) : Stream.empty();
        // Inside a business they operate nothing: one thing at a time.
        Stream<String> ofOperator = visit != null
                ? Stream.of(OperatorVisit.AUTHORITY)
                : operator ? Stream.of(Operator.AUTHORITY) : Stream.empty();
        return Stream.of(ofRole, ofOwner, ofOperator)
                .flatMap(each -> each)
                .map(SimpleGrantedAuthority::new)
                .toList();
    }

    @Override
    public @Nullable String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return email;
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }
}
