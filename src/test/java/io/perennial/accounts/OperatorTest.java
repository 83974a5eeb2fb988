package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.GrantedAuthority;

@IntegrationTest
class OperatorTest {

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Test
    void operatingBelongsToAPersonWhateverTheirRoleAndInEveryBusinessOfTheirs() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        EmailAddress email = new EmailAddress(UUID.randomUUID() + "@operators.example");
        long person = accounts.ensureAccount(email, "Op", "correct horse battery");
        accounts.addMember(acme, person, Role.SUPPORT);
        accounts.addMember(globex, person, Role.OWNER);
        StaffPrincipal before = accounts.loadUserByUsername(email.value());
        assertThat(before.isOperator()).isFalse();

        accounts.makeOperator(person);
        StaffPrincipal after = accounts.loadUserByUsername(email.value());
        assertThat(after.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .contains(Operator.AUTHORITY);
        assertThat(after.in(globex).isOperator()).isTrue();
        assertThat(accounts.membershipNow(before))
                .as("sessions begun before end")
                .isEqualTo(Optional.empty());
    }

    @Test
    void noRoleOfABusinessOperatesTheInstallation() {
        assertThat(Arrays.stream(Role.values()).flatMap(role -> role.permissions().stream()))
                .extracting(Permission::authority)
                .doesNotContain(Operator.AUTHORITY);
    }
}
