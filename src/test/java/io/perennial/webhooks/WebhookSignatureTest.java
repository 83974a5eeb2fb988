package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.outside.LocalWeb.Asked;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Receivers know by the signature that it is us, also while a secret is replaced. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class WebhookSignatureTest extends HookedShops {

    /** The example of the standard's own libraries. */
    @Test
    void signaturesAreThoseOfTheStandard() {
        WebhookSecret secret = WebhookSecret.of(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(WebhookSecret.random().reveal()).matches("whsec_[A-Za-z0-9+/]{43}=");
    }

    @Test
    void afterARotationBothSecretsSignForAWhile() {
        Webhooks.Made first = add(acme, "/", EventType.OFFERED);
        Webhooks.Made second = TestTenants.asOwner(
                acme, () -> webhooks.replaceSecret(first.endpoint().id()));
        assertThat(second.secret()).isNotEqualTo(first.secret());
        customer(acme, "ada@shop.example");
        serve(acme);
        Asked asked = shop.asked().getFirst();
        assertThat(asked.headers().get("webhook-signature"))
                .isEqualTo(signature(second.secret(), asked) + " " + signature(first.secret(), asked));
        jdbc.update(
                "UPDATE webhook_endpoint SET old_secret_until = UTC_TIMESTAMP(6) WHERE tenant_id = ?", acme.value());
        customer(acme, "bob@shop.example");
        serve(acme);
        Asked later = shop.asked().getLast();
        assertThat(later.headers().get("webhook-signature")).isEqualTo(signature(second.secret(), later));
        assertThat(rows.rows(acme, "webhook_endpoint").toString())
                .doesNotContain(first.secret().reveal().substring(6));
        assertThat(second.secret().toString()).isEqualTo("whsec_…");
    }
}
