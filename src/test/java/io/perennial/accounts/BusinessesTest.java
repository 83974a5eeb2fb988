package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class BusinessesTest {

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    @Test
    void anOwnerChangesOnlyTheirOwnBusiness() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        Business foreign = businesses.require(globex);
        TestTenants.asOwner(
                acme,
                () -> assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> businesses.update(foreign)));
        assertThat(businesses.require(globex)).isEqualTo(foreign);
    }

    @Test
    void aMarketerMayNotChangeSettings() {
        TenantId acme = tenants.fresh("Acme");
        TestTenants.as(
                acme,
                Role.MARKETER,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> businesses.update(businesses.current())));
    }
}
