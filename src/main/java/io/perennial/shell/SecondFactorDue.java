package io.perennial.shell;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SecondFactors.Need;
import org.springframework.security.authentication.AccountStatusException;

/** The password was right, and is not enough. To Spring Security nobody has come in yet. */
final class SecondFactorDue extends AccountStatusException {

    private static final long serialVersionUID = 1;

    private final transient StaffPrincipal staff;
    private final Need need;

    SecondFactorDue(StaffPrincipal staff, Need need) {
        super("A second factor is due");
        this.staff = staff;
        this.need = need;
    }

    StaffPrincipal staff() {
        return staff;
    }

    Need need() {
        return need;
    }
}
