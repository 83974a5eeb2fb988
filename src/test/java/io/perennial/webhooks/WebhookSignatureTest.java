package io.perennial.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.perennial.outside.LocalWeb.Asked;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

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

    /** What the API's page tells receivers to do, done by their own languages with what really came. */
    @ParameterizedTest
    @CsvSource({"python3,verify.py", "node,verify.mjs"})
    void theProgramsOnThePageTellOursFromOthers(String language, String program, @TempDir Path folder)
            throws IOException {
        assumeThat(runs(List.of(language, "--version"), ""))
                .as(language + " is not on this machine, so " + program + " was not tried")
                .isTrue();
        Webhooks.Made first = add(acme, "/", EventType.OFFERED);
        Webhooks.Made second = TestTenants.asOwner(
                acme, () -> webhooks.replaceSecret(first.endpoint().id()));
        customer(acme, "ada@shop.example");
        serve(acme);
        Asked asked = shop.asked().getFirst();
        String driver = program.replace("verify", "try");
        Files.writeString(
                folder.resolve(program), new ClassPathResource("api/" + program).getContentAsString(UTF_8), UTF_8);
        Files.writeString(folder.resolve(driver), program.endsWith(".py") ? PYTHON : JAVASCRIPT, UTF_8);
        List<String> command = List.of(language, folder.resolve(driver).toString());
        for (WebhookSecret known : List.of(first.secret(), second.secret())) {
            assertThat(runs(command, given(known, asked.headers(), asked.body())))
                    .as("it is ours, whichever of both secrets the receiver has")
                    .isTrue();
        }
        Map<String, String> old = new HashMap<>(asked.headers());
        old.put("webhook-timestamp", "1772355600");
        assertThat(runs(command, given(WebhookSecret.random(), asked.headers(), asked.body())))
                .as("with another's secret")
                .isFalse();
        assertThat(runs(command, given(second.secret(), asked.headers(), asked.body() + " ")))
                .as("with something added")
                .isFalse();
        assertThat(runs(command, given(second.secret(), old, asked.body())))
                .as("once more, later")
                .isFalse();
    }

    private static final String PYTHON = """
            import json, sys
            from verify import verify
            given = json.load(sys.stdin)
            verify(given["secret"], given["headers"], given["body"].encode())
            """;

    private static final String JAVASCRIPT = """
            import { readFileSync } from "node:fs";
            import { verify } from "./verify.mjs";
            const given = JSON.parse(readFileSync(0, "utf8"));
            verify(given.secret, given.headers, Buffer.from(given.body));
            """;

    private static String given(WebhookSecret secret, Map<String, String> headers, String body) {
        return new JsonMapper().writeValueAsString(Map.of("secret", secret.reveal(), "headers", headers, "body", body));
    }

    /** Whether a program is there, takes its input and is content with it. */
    private static boolean runs(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "verify.log").toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            }
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
