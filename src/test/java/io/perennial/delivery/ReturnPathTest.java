package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class ReturnPathTest {

    @Autowired
    MessageTokens tokens;

    @Autowired
    TrackingSettings settings;

    @Autowired
    ReturnsProperties returns;

    @Autowired
    TestTenants tenants;

    private ReturnPath path(@Nullable String domain) {
        return new ReturnPath(
                tokens,
                settings,
                new ReturnsProperties(
                        domain,
                        List.of(),
                        5,
                        Duration.ofDays(30),
                        Duration.ofDays(30),
                        returns.mailbox(),
                        returns.smtp()),
                SendingHarness.quick());
    }

    private static Run run(TenantId tenant) {
        return new Run(tenant, new RunId(1), RunState.SENDING, "k", 1, "n", "hello@shop.example", null, null);
    }

    @Test
    void eachMessageComesBackToAnAddressOfItsOwn() {
        TenantId acme = tenants.fresh("Acme");
        long message = TimeOrderedIds.next();
        String address = path("bounces.example").of(run(acme), message);
        assertThat(address).matches("b-[a-z2-7]{31,36}@bounces\\.example");
        assertThat(tokens.ofLocalPart(address.substring(0, address.indexOf('@'))))
                .contains(new MessageTokens.Named(acme, message));
        assertThat(path("bounces.example").of(run(acme), message + 1)).isNotEqualTo(address);
        assertThat(path("bounces.example").of(run(tenants.fresh("Globex")), message))
                .isNotEqualTo(address);
    }

    @Test
    void aBusinesssOwnDomainComesFirst() {
        TenantId acme = tenants.fresh("Acme");
        TestTenants.asOwner(acme, () -> settings.change(true, true, "returns.acme.example", "Ada"));
        assertThat(path("bounces.example").of(run(acme), 5)).endsWith("@returns.acme.example");
        assertThat(path(null).of(run(acme), 5)).endsWith("@returns.acme.example");
    }

    @Test
    void withoutADomainMailsComeBackToTheSender() {
        assertThat(path(null).of(run(tenants.fresh("Acme")), 5)).isEqualTo("hello@shop.example");
        assertThat(path(" ").of(run(tenants.fresh("Acme")), 5)).isEqualTo("hello@shop.example");
    }
}
