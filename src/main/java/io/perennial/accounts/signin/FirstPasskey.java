package io.perennial.accounts.signin;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.SecondFactors.Need;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A passkey as the second factor of somebody who must have one and has none yet: made at the door, after the password.
 * Beside it they have recovery codes, as with every first factor.
 */
@Component
public class FirstPasskey {

    private final Passkeys passkeys;
    private final PasskeyQuestions questions;
    private final PasskeyRows rows;
    private final SecondFactors factors;

    FirstPasskey(Passkeys passkeys, PasskeyQuestions questions, PasskeyRows rows, SecondFactors factors) {
        this.passkeys = passkeys;
        this.questions = questions;
        this.rows = rows;
        this.factors = factors;
    }

    /** Asks the device of somebody whose password was right. */
    public PasskeyCeremony ask(StaffPrincipal staff) {
        return questions.make(new PasskeyCeremony(staff.accountId(), true), staff, List.of());
    }

    /**
     * Keeps what the device made.
     *
     * @param agent what the browser calls itself; the passkey's name until it is renamed
     * @return recovery codes, shown this once
     * @throws StaffRuleException if it is not what was asked for, came too late, or they have a factor meanwhile
     */
    @Transactional
    public List<String> add(StaffPrincipal staff, PasskeyCeremony asked, String answer, String agent) {
        rows.lock(staff.accountId());
        if (factors.needOf(staff) != Need.ENROLMENT) {
            throw new StaffRuleException(Rule.PASSKEY_LATE);
        }
        passkeys.keep(staff, asked, answer, BrowserNames.of(agent));
        return factors.passkeyAdded(staff.accountId());
    }
}
