package io.perennial.accounts.signin;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSecrets;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people show beside their password: a code of their authenticator app, or one of the codes kept for its loss. */
@Service
@TenantSql("A person's factors, who belongs to no tenant; what a business requires is read and written by its id.")
public class SecondFactors {

    private static final String FIELD = "totp";

    private record Stored(byte[] sealed, long lastStep) {}

    private final JdbcClient jdbc;
    private final TenantSecrets secrets;
    private final AuditLog audit;
    private final SignInAudit deeds;
    private final PasskeyRows passkeys;
    private final RecoveryCodes codes;

    SecondFactors(
            JdbcClient jdbc,
            TenantSecrets secrets,
            AuditLog audit,
            SignInAudit deeds,
            PasskeyRows passkeys,
            RecoveryCodes codes) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.audit = audit;
        this.deeds = deeds;
        this.passkeys = passkeys;
        this.codes = codes;
    }

    /** What a sign-in still needs once the password was right. */
    public enum Need {
        NOTHING,
        /** Of the app, one kept for its loss, or a passkey. */
        CODE,
        /** A business this person works in requires a second factor, and they have none yet. */
        ENROLMENT
    }

    /** What this person must show beside the password. */
    @Transactional(readOnly = true)
    public Need needOf(StaffPrincipal staff) {
        if (isSetUp(staff.accountId())) {
            return Need.CODE;
        }
        if (!isRequiredOf(staff)) {
            return Need.NOTHING; // a passkey is another way in then, not a must beside the password
        }
        return passkeys.count(staff.accountId()) > 0 ? Need.CODE : Need.ENROLMENT;
    }

    /** A secret to be put into an app; kept once {@link #confirm} saw that it was. */
    public Enrolment begin(StaffPrincipal staff) {
        return Enrolment.of(staff.getUsername());
    }

    /**
     * Sets the second factor up, if the code is that of the app.
     *
     * @return the recovery codes, shown this once; empty if the code was wrong
     */
    @Transactional
    public List<String> confirm(StaffPrincipal staff, Enrolment enrolment, String code) {
        OptionalLong step = Totp.stepOf(digits(code), enrolment.bytes(), Instant.now(), 0);
        if (step.isEmpty()) {
            return List.of();
        }
        byte[] sealed = secrets.sealOfPerson(staff.accountId(), FIELD, enrolment.bytes());
        jdbc.sql("INSERT INTO staff_totp (account_id, secret, added_at, last_step) VALUES (?, ?, UTC_TIMESTAMP(6), ?) "
                        + "ON DUPLICATE KEY UPDATE secret = VALUES(secret), added_at = VALUES(added_at), "
                        + "last_step = VALUES(last_step)")
                .params(staff.accountId(), sealed, step.getAsLong())
                .update();
        SignInDetails.current().ifPresent(details -> hasShownTwo(details, staff.accountId()));
        deeds.record(staff, SignInDeed.SECOND_FACTOR_ADDED);
        return codes.fresh(staff.accountId());
    }

    /**
     * Whether this is a code of theirs that was not used before; a code of the app or one kept for its loss. Who calls it
     * counts the attempts.
     */
    @Transactional
    public boolean accept(StaffPrincipal staff, String code) {
        Optional<Stored> stored = stored(staff.accountId());
        if (stored.isPresent() && isOfApp(staff.accountId(), stored.get(), code)) {
            return true;
        }
        boolean used = codes.use(staff.accountId(), code);
        if (used) {
            deeds.record(staff, SignInDeed.RECOVERY_CODE_USED);
        }
        return used;
    }

    private boolean isOfApp(long account, Stored stored, String code) {
        byte[] secret = secrets.openOfPerson(account, FIELD, stored.sealed());
        OptionalLong step = Totp.stepOf(digits(code), secret, Instant.now(), stored.lastStep());
        step.ifPresent(used -> jdbc.sql("UPDATE staff_totp SET last_step = ? WHERE account_id = ?")
                .params(used, account)
                .update());
        return step.isPresent();
    }

    /** Whether this person's app makes codes; else it is a passkey that is asked for beside the password. */
    @Transactional(readOnly = true)
    public boolean hasApp(StaffPrincipal staff) {
        return isSetUp(staff.accountId());
    }

    /** Whether the one signed in has an app that makes codes. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public boolean isMineSetUp() {
        return isSetUp(me().accountId());
    }

    /** How many recovery codes the one signed in has left. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public int codesLeft() {
        return codes.left(me().accountId());
    }

    /** Ten new recovery codes for the one signed in, shown this once; the old ones hold no more. */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public List<String> newCodes() {
        FreshProof.require();
        StaffPrincipal me = me();
        deeds.record(me, SignInDeed.RECOVERY_CODES_MADE);
        return codes.fresh(me.accountId());
    }

    /**
     * Takes the app of the one signed in away. Recovery codes hold on as long as there is a passkey.
     *
     * @throws StaffRuleException if a business they work in requires a second factor and they have no other
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void remove() {
        FreshProof.require();
        StaffPrincipal me = me();
        passkeys.lock(me.accountId());
        jdbc.sql("DELETE FROM staff_totp WHERE account_id = ?")
                .param(me.accountId())
                .update();
        requireEnough(me);
        deeds.record(me, SignInDeed.SECOND_FACTOR_REMOVED);
    }

    /**
     * What a person's first passkey brings.
     *
     * @return recovery codes, where they had none
     */
    List<String> passkeyAdded(long account) {
        SignInDetails.current().ifPresent(details -> hasShownTwo(details, account));
        return codes.left(account) > 0 ? List.of() : codes.fresh(account);
    }

    /**
     * After a factor was taken away; with the last one the recovery codes go too.
     *
     * @throws StaffRuleException if a business requires one, and none is left
     */
    void requireEnough(StaffPrincipal staff) {
        if (isSetUp(staff.accountId()) || passkeys.count(staff.accountId()) > 0) {
            return;
        }
        if (isRequiredOf(staff)) {
            throw new StaffRuleException(Rule.SECOND_FACTOR_REQUIRED);
        }
        codes.forget(staff.accountId());
    }

    /** Whether the business being worked in requires everybody to have one. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('staff:manage')")
    public boolean isRequiredHere() {
        return isRequired(CurrentTenant.require().value());
    }

    /** How many people of this business have one. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('staff:manage')")
    public Coverage coverage() {
        return jdbc.sql(
                        "SELECT COUNT(*), COALESCE(SUM(EXISTS (SELECT 1 FROM staff_totp f WHERE f.account_id = m.account_id) "
                                + "OR EXISTS (SELECT 1 FROM staff_passkey k WHERE k.account_id = m.account_id)), 0) "
                                + "FROM membership m WHERE m.tenant_id = ?")
                .param(CurrentTenant.require().value())
                .query((rs, n) -> new Coverage(rs.getInt(1), rs.getInt(2)))
                .single();
    }

    /** @param withFactor of all {@code people} */
    public record Coverage(int people, int withFactor) {}

    /**
     * Requires a second factor of everybody who works in this business, or no longer. Sessions begun without one end at
     * their next request, on every node.
     *
     * @throws StaffRuleException if the one who requires it came in without one
     */
    @Transactional
    @PreAuthorize("hasAuthority('staff:manage')")
    public void requireHere(boolean required) {
        FreshProof.require();
        if (required
                && !SignInDetails.current().map(SignInDetails::secondFactor).orElse(false)) {
            throw new StaffRuleException(Rule.SECOND_FACTOR_FIRST);
        }
        int changed = jdbc.sql("UPDATE business SET second_factor = ? WHERE id = ? AND second_factor <> ?")
                .params(required, CurrentTenant.require().value(), required)
                .update();
        if (changed > 0) {
            audit.record(required ? SignInDeed.SECOND_FACTOR_REQUIRED : SignInDeed.SECOND_FACTOR_OPTIONAL, null, null);
        }
    }

    private boolean isSetUp(long account) {
        return jdbc.sql("SELECT COUNT(*) FROM staff_totp WHERE account_id = ?")
                        .param(account)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private boolean isRequiredOf(StaffPrincipal staff) {
        return staff.memberships().stream().anyMatch(each -> isRequired(each.tenantId()));
    }

    private boolean isRequired(long tenant) {
        return jdbc.sql("SELECT second_factor FROM business WHERE id = ?")
                .param(tenant)
                .query(Boolean.class)
                .single();
    }

    /** The row is the lock: of two who bring the same code at once, one comes in. */
    private Optional<Stored> stored(long account) {
        return jdbc.sql("SELECT secret, last_step FROM staff_totp WHERE account_id = ? FOR UPDATE")
                .param(account)
                .query((rs, n) -> new Stored(rs.getBytes(1), rs.getLong(2)))
                .optional();
    }

    private void hasShownTwo(SignInDetails details, long account) {
        details.hasShownTwo();
        jdbc.sql("UPDATE staff_session SET second_factor = TRUE WHERE id = ? AND account_id = ?")
                .params(details.session(), account)
                .update();
    }

    private static StaffPrincipal me() {
        return CurrentStaff.find().orElseThrow();
    }

    private static String digits(String code) {
        return code.replaceAll("\\s", "");
    }
}
