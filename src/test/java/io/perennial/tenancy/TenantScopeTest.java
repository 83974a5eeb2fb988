package io.perennial.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.TenantId;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TenantScopeTest {

    private static final TenantId ACME = new TenantId(1);
    private static final TenantId GLOBEX = new TenantId(2);

    @Test
    void noTenantIsAnException() {
        assertThatExceptionOfType(NoTenantException.class).isThrownBy(CurrentTenant::require);
    }

    @Test
    void theTenantBeforeIsRestoredAfterAFailure() {
        CurrentTenant.asTenant(ACME, () -> {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> CurrentTenant.asTenant(GLOBEX, (Runnable) () -> {
                        throw new IllegalStateException("broken");
                    }));
            assertThat(CurrentTenant.require()).isEqualTo(ACME);
        });
        assertThat(CurrentTenant.find()).isEmpty();
    }

    @Test
    void otherThreadsInheritNothing() throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            var seen = CurrentTenant.callAsTenant(
                    ACME, () -> threads.submit(CurrentTenant::find).get());
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void tenantsAlternateOnAPooledThreadWithoutCrossover() throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 10_000; i++) {
                TenantId tenant = i % 2 == 0 ? ACME : GLOBEX;
                assertThat(threads.submit(() -> CurrentTenant.asTenant(tenant, CurrentTenant::require))
                                .get())
                        .isEqualTo(tenant);
                assertThat(threads.submit(CurrentTenant::find).get()).isEmpty();
            }
        }
    }
}
