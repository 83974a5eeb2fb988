package io.perennial.accounts.signin;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffMail;
import io.perennial.accounts.StaffMails;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.PasskeyAnswer.Outcome;
import io.perennial.accounts.signin.PasskeyCheck.Read;
import io.perennial.accounts.signin.PasskeyCheck.Refused;
import io.perennial.accounts.signin.PasskeyCheck.Stored;
import io.perennial.kernel.EmailAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Passkeys: a key on a person's device that opens their account after finger, face or PIN, so it counts as both factors.
 * A question to an authenticator is a {@link PasskeyCeremony}, which whoever asks keeps in the session.
 *
 * @see <a href="../../../../../../../docs/decisions/0112-passkeys.md">0112-passkeys.md</a>
 */
@Service
public class Passkeys {

    /** Of one person. */
    public static final int MOST = 20;

    /** Characters of an authenticator's answer; a tenth of it is usual. */
    public static final int LONGEST_ANSWER = PasskeyCheck.LONGEST;

    private static final Logger log = LoggerFactory.getLogger(Passkeys.class);

    private final PasskeyCheck check;
    private final PasskeyQuestions questions;
    private final PasskeyRows rows;
    private final SecondFactors factors;
    private final StaffAccounts accounts;
    private final StaffMails mails;
    private final SignInAudit audit;

    Passkeys(
            PasskeyCheck check,
            PasskeyQuestions questions,
            PasskeyRows rows,
            SecondFactors factors,
            StaffAccounts accounts,
            StaffMails mails,
            SignInAudit audit) {
        this.check = check;
        this.questions = questions;
        this.rows = rows;
        this.factors = factors;
        this.accounts = accounts;
        this.mails = mails;
        this.audit = audit;
    }

    /** Whether this installation's public address is one that browsers make passkeys for. */
    public boolean arePossible() {
        return check.isPossible();
    }

    /** Asks anybody who has a passkey for here. */
    public PasskeyCeremony ask() {
        return questions.use(new PasskeyCeremony(0, true), List.of());
    }

    /** Asks somebody who has shown their password: having the key is the second factor. */
    @Transactional(readOnly = true)
    public PasskeyCeremony askBesidePassword(StaffPrincipal staff) {
        return questions.use(new PasskeyCeremony(staff.accountId(), false), rows.keysOf(staff.accountId()));
    }

    /** Whether this person has any. */
    @Transactional(readOnly = true)
    public boolean hasAny(StaffPrincipal staff) {
        return check.isPossible() && rows.count(staff.accountId()) > 0;
    }

    /**
     * Who answered, if the answer is right. A counter that went back opens nothing, is written to the logs and told its
     * owner by mail: somebody may have a copy of the key.
     */
    @Transactional
    public PasskeyAnswer accept(PasskeyCeremony asked, String answer) {
        Optional<byte[]> challenge = asked.take();
        if (challenge.isEmpty()) {
            return PasskeyAnswer.not(Outcome.LATE);
        }
        try {
            Read read = check.read(answer);
            Optional<PasskeyRows.Found> found = rows.find(read.credentialId());
            if (found.isEmpty() || !mayAnswer(asked, read, found.get())) {
                return PasskeyAnswer.not(Outcome.UNKNOWN);
            }
            return accept(found.get(), read, challenge.get(), asked.verified());
        } catch (Refused e) {
            log.info("An answer of an authenticator was refused: {}", e.getMessage());
            return PasskeyAnswer.not(Outcome.WRONG);
        }
    }

    private PasskeyAnswer accept(PasskeyRows.Found found, Read read, byte[] challenge, boolean verified)
            throws Refused {
        try {
            rows.used(found.id(), check.used(read, found.stored(), challenge, verified));
            return PasskeyAnswer.right(found.email());
        } catch (Refused e) {
            if (!e.isCopied()) {
                throw e;
            }
            audit.record(accounts.loadUserByUsername(found.email()), SignInDeed.PASSKEY_COPIED);
            tell(found.email(), "copied", "");
            return PasskeyAnswer.not(Outcome.COPIED);
        }
    }

    /** Whose it is stands in the passkey too; where nobody was named, it must say so. */
    private static boolean mayAnswer(PasskeyCeremony asked, Read read, PasskeyRows.Found found) {
        byte[] says = read.userHandle();
        boolean theirs = says.length == 0 ? !asked.isOpen() : PasskeyQuestions.isHandleOf(found.account(), says);
        return theirs && (asked.isOpen() || asked.account() == found.account());
    }

    /** Those of the one signed in, the oldest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public List<Passkey> mine() {
        return rows.of(me().accountId());
    }

    /** Asks the one signed in to show one of theirs, with finger, face or PIN. */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public PasskeyCeremony askMe() {
        return questions.use(new PasskeyCeremony(me().accountId(), true), rows.keysOf(me().accountId()));
    }

    /**
     * Asks the device of the one signed in for a new one, that it does not have yet.
     *
     * @throws StaffRuleException if they have as many as they may
     */
    @Transactional(readOnly = true)
    @PreAuthorize("isAuthenticated()")
    public PasskeyCeremony askForNew() {
        FreshProof.require();
        List<Stored> known = rows.keysOf(me().accountId());
        if (known.size() >= MOST) {
            throw new StaffRuleException(Rule.TOO_MANY_PASSKEYS);
        }
        return questions.make(new PasskeyCeremony(me().accountId(), true), me(), known);
    }

    /** What a passkey made in this browser could be called. */
    @PreAuthorize("isAuthenticated()")
    public String suggestedName() {
        String browser = SignInDetails.current()
                .map(SignInDetails::agent)
                .map(BrowserNames::of)
                .orElse("");
        return browser.isEmpty() ? t("accounts.passkey.unnamed") : browser;
    }

    /**
     * Adds what the device made.
     *
     * @return recovery codes where the person had none yet, shown this once: a lost device must not shut them out
     * @throws StaffRuleException if it is not what was asked for, or came too late
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public List<String> add(PasskeyCeremony asked, String answer, String name) {
        FreshProof.require();
        StaffPrincipal me = me();
        rows.lock(me.accountId());
        keep(me, asked, answer, name);
        return factors.passkeyAdded(me.accountId());
    }

    /** Whoever calls it has locked the person, who has shown that it is them. */
    void keep(StaffPrincipal me, PasskeyCeremony asked, String answer, String name) {
        byte[] challenge = asked.take().orElseThrow(() -> new StaffRuleException(Rule.PASSKEY_LATE));
        try {
            Stored made = check.made(answer, challenge);
            if (asked.account() != me.accountId()
                    || rows.count(me.accountId()) >= MOST
                    || !rows.add(me.accountId(), check.credentialId(made), made, named(name))) {
                throw new StaffRuleException(Rule.PASSKEY_REFUSED);
            }
        } catch (Refused e) {
            log.info("A new passkey was refused: {}", e.getMessage());
            throw new StaffRuleException(Rule.PASSKEY_REFUSED);
        }
        audit.record(me, SignInDeed.PASSKEY_ADDED);
        tell(me.getUsername(), "added", named(name));
    }

    /** @throws StaffRuleException if the one signed in has no such passkey */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void rename(long id, String name) {
        if (!rows.rename(me().accountId(), id, named(name))) {
            throw new StaffRuleException(Rule.PASSKEY_GONE);
        }
    }

    /**
     * Lets a passkey open nothing any more.
     *
     * @throws StaffRuleException if the one signed in has no such passkey, or it is their last second factor where a
     *     business requires one
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public void remove(long id) {
        FreshProof.require();
        StaffPrincipal me = me();
        rows.lock(me.accountId());
        Passkey gone = mine().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new StaffRuleException(Rule.PASSKEY_GONE));
        rows.remove(me.accountId(), id);
        factors.requireEnough(me);
        audit.record(me, SignInDeed.PASSKEY_REMOVED);
        tell(me.getUsername(), "removed", gone.name());
    }

    private void tell(String email, String what, String name) {
        mails.sendSoon(new StaffMail(
                new EmailAddress(email),
                t("accounts.passkey.mail_" + what),
                t("accounts.passkey.mail_" + what),
                List.of(t("accounts.passkey.mail_" + what + "_text", name)),
                t("accounts.passkey.mail_button"),
                "account",
                t("accounts.passkey.mail_closing")));
    }

    private static String named(String name) {
        String own = name.strip();
        return own.isEmpty()
                ? t("accounts.passkey.unnamed")
                : own.substring(0, Math.min(Passkey.LONGEST_NAME, own.length()));
    }

    private static StaffPrincipal me() {
        return CurrentStaff.find().orElseThrow();
    }
}
