package io.perennial.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perennial.accounts.signin.LyingProvider.Seal;
import io.perennial.accounts.signin.ProviderProperties.Provider;
import io.perennial.accounts.signin.ProviderRefused.Reason;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect with a provider, or somebody between, that lies. */
class ProviderSignInTest {

    private static final Map<String, Object> ADA =
            Map.of("sub", "ada-1", "email", "ada@example.com", "email_verified", true);

    private final LyingProvider provider = new LyingProvider();
    private final LyingProvider other = new LyingProvider();
    private ProviderSignIn signIn;

    @BeforeEach
    void twoProviders() {
        var properties = new ProviderProperties(List.of(
                configured("acme", provider.issuer(), Set.of("mfa", "urn:two")),
                configured("other", other.issuer(), Set.of())));
        var providers = new Providers(properties, () -> URI.create("https://console.example"));
        signIn = new ProviderSignIn(providers, new ProviderExchange());
    }

    @AfterEach
    void close() {
        provider.close();
        other.close();
    }

    private static Provider configured(String id, String issuer, Set<String> secondFactor) {
        return new Provider(
                id,
                id.toUpperCase(java.util.Locale.ROOT),
                URI.create(issuer),
                LyingProvider.CLIENT,
                LyingProvider.SECRET,
                Set.of("openid", "email", "profile"),
                secondFactor,
                true);
    }

    @Test
    void anHonestAnswerSaysWhoItIs() {
        ProviderQuestion asked = ask();
        Map<String, String> sent =
                LyingProvider.parameters(URI.create(asked.address()).getRawQuery());
        assertThat(sent)
                .containsEntry("response_type", "code")
                .containsEntry("redirect_uri", "https://console.example/sign-in/from/acme")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge")
                .doesNotContainKey("code_verifier");
        assertThat(finish(asked, provider.agree(asked.address(), ADA)))
                .contains(new ProviderPerson("ACME", provider.issuer(), "ada-1", "ada@example.com", false));
        assertThat(provider.refusals()).isEmpty();
    }

    @Test
    void aRealProviderVouchesForWhoSignedInThere() throws Exception {
        try (RealProvider real = new RealProvider(
                0, "https://console.example/sign-in/from/real", "https://console.example/sign-in/left", false)) {
            real.add("ada@example.com");
            var properties = new ProviderProperties(List.of(new Provider(
                    "real",
                    "Real",
                    URI.create(real.issuer()),
                    RealProvider.CLIENT,
                    RealProvider.SECRET,
                    Set.of("openid", "email", "profile"),
                    Set.of(),
                    true)));
            signIn = new ProviderSignIn(
                    new Providers(properties, () -> URI.create("https://console.example")), new ProviderExchange());
            ProviderQuestion asked = signIn.begin(ProviderWish.signIn("real")).orElseThrow();
            Map<String, String> back = LyingProvider.parameters(
                    real.signIn("ada@example.com", asked.address()).getRawQuery());
            assertThat(finish(asked, back))
                    .contains(new ProviderPerson("Real", real.issuer(), "ada@example.com", "ada@example.com", false));
        }
    }

    @Test
    void anAnswerGoesOnce() {
        ProviderQuestion asked = ask();
        Map<String, String> back = provider.agree(asked.address(), ADA);
        assertThat(finish(asked, back)).isPresent();
        assertThat(finish(asked, back)).isEmpty();
    }

    @Test
    void aCodeOfAnotherQuestionFitsNeitherStateNorVerifier() {
        Map<String, String> stolen = provider.agree(ask().address(), ADA);
        assertThat(finish(ask(), stolen)).as("with its own state").isEmpty();
        ProviderQuestion mine = ask();
        Map<String, String> mixed = new LinkedHashMap<>(provider.agree(mine.address(), ADA));
        mixed.put("code", stolen.get("code"));
        assertThat(finish(mine, mixed)).as("with mine").isEmpty();
        assertThat(provider.refusals()).contains("the verifier does not fit");
    }

    @Test
    void aCodeUsedBeforeIsRefused() {
        ProviderQuestion first = ask();
        Map<String, String> back = provider.agree(first.address(), ADA);
        finish(first, back);
        ProviderQuestion second = ask();
        Map<String, String> replayed = new LinkedHashMap<>(provider.agree(second.address(), ADA));
        replayed.put("code", back.get("code"));
        assertThat(finish(second, replayed)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN_KEY")
    void noTokenCountsThatTheProvidersOwnKeyDidNotSign(Seal seal) {
        provider.seal = seal;
        ProviderQuestion asked = ask();
        assertThat(finish(asked, provider.agree(asked.address(), ADA))).isEmpty();
    }

    /** Each claim alone. */
    enum Lie {
        ANOTHER_NONCE("nonce", "another"),
        NO_NONCE("nonce", null),
        ANOTHER_ISSUER("iss", "http://localhost:1/"),
        FOR_ANOTHER_CLIENT("aud", "another-client"),
        FOR_TWO_WITHOUT_SAYING_WHICH("aud", List.of(LyingProvider.CLIENT, "another-client")),
        FOR_TWO_AND_ANOTHER_ASKED("azp", "another-client"),
        EXPIRED("exp", Instant.now().minusSeconds(120)),
        NEVER_EXPIRING("exp", null),
        OF_THE_FUTURE("iat", Instant.now().plusSeconds(600)),
        OF_NOBODY("sub", null);

        private final String claim;
        private final Object value;

        Lie(String claim, Object value) {
            this.claim = claim;
            this.value = value;
        }
    }

    @ParameterizedTest
    @EnumSource
    void noLieIsBelieved(Lie lie) {
        provider.lie = claims -> {
            claims.put(lie.claim, lie.value);
            if (lie.value == null) {
                claims.remove(lie.claim);
            }
            return claims;
        };
        ProviderQuestion asked = ask();
        assertThat(finish(asked, provider.agree(asked.address(), ADA))).isEmpty();
    }

    @Test
    void anAnswerOfAnotherProviderIsNotMixedUp() {
        ProviderQuestion asked = ask();
        Map<String, String> back = new LinkedHashMap<>(provider.agree(asked.address(), ADA));
        back.put("iss", other.issuer());
        assertThat(finish(asked, back)).as("says it is of the other").isEmpty();
        ProviderQuestion again = ask();
        provider.namesItself = false;
        assertThat(finish(again, provider.agree(again.address(), ADA)))
                .as("says no issuer, though this provider always does")
                .isEmpty();
        ProviderQuestion third = signIn.begin(ProviderWish.signIn("other")).orElseThrow();
        assertThat(finish(third, provider.agree(third.address(), ADA)))
                .as("a code of one, brought to the other")
                .isEmpty();
    }

    @Test
    void aProviderThatSaysItIsAnotherIsNotUsed() {
        provider.sayIssuer = other.issuer();
        assertThat(signIn.begin(ProviderWish.signIn("acme"))).isEmpty();
        provider.sayIssuer = provider.issuer();
        assertThat(signIn.begin(ProviderWish.signIn("acme")))
                .as("once it is right again")
                .isPresent();
    }

    @Test
    void aProviderThatIsAwayIsSaidToBe() {
        provider.close();
        assertThat(signIn.begin(ProviderWish.signIn("acme"))).isEmpty();
        assertThat(signIn.begin(ProviderWish.signIn("nobody"))).isEmpty();
    }

    @Test
    void keysMayChangeAtAnyTime() {
        ProviderQuestion before = ask();
        assertThat(finish(before, provider.agree(before.address(), ADA))).isPresent();
        provider.rotate();
        ProviderQuestion after = ask();
        assertThat(finish(after, provider.agree(after.address(), ADA))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "absent"})
    void anAddressThatIsNotVerifiedIsNone(String verified) {
        Map<String, Object> person = new LinkedHashMap<>(ADA);
        person.remove("email_verified");
        if (verified.equals("false")) {
            person.put("email_verified", false);
        }
        ProviderQuestion asked = ask();
        assertThat(finish(asked, provider.agree(asked.address(), person))).get().returns(null, ProviderPerson::email);
    }

    @Test
    void twoFactorsThereCountOnlyWhereTheyAreTrusted() {
        for (Map<String, Object> shown :
                List.<Map<String, Object>>of(Map.of("amr", List.of("pwd", "mfa")), Map.of("acr", "urn:two"))) {
            Map<String, Object> person = new LinkedHashMap<>(ADA);
            person.putAll(shown);
            ProviderQuestion asked = ask();
            assertThat(finish(asked, provider.agree(asked.address(), person)))
                    .get()
                    .returns(true, ProviderPerson::secondFactor);
            ProviderQuestion untrusted =
                    signIn.begin(ProviderWish.signIn("other")).orElseThrow();
            assertThat(finish(untrusted, other.agree(untrusted.address(), person)))
                    .get()
                    .returns(false, ProviderPerson::secondFactor);
        }
    }

    @Test
    void whatIsToldBesidesTheTokenMustBeOfTheSamePerson() {
        provider.userInfo = Map.of("sub", "eve", "email", "eve@example.com", "email_verified", true);
        ProviderQuestion asked = ask();
        assertThat(finish(asked, provider.agree(asked.address(), ADA))).isEmpty();
    }

    @Test
    void whyNobodyCameInIsSaidWithoutNamingAnybody() {
        ProviderQuestion cancelled = ask();
        assertThat(refusal(cancelled, Map.of("error", "access_denied")))
                .returns(Reason.CANCELLED, ProviderRefused::reason);
        assertThat(refusal(cancelled, Map.of("error", "access_denied"))).returns(Reason.LATE, ProviderRefused::reason);
        assertThat(refusal(ask(), Map.of("error", "server_error")))
                .returns(Reason.NOT_GIVEN, ProviderRefused::reason)
                .hasMessageContaining("server_error");
        assertThat(refusal(ask(), Map.of("error", "ada@example.com <script>")))
                .hasMessage("the provider answered an error of no known form");
        assertThat(refusal(ask(), provider.agree(ask().address(), ADA)))
                .returns(Reason.FOREIGN, ProviderRefused::reason);
        provider.lie = claims -> {
            claims.put("aud", "ada@example.com");
            return claims;
        };
        ProviderQuestion lied = ask();
        assertThat(refusal(lied, provider.agree(lied.address(), ADA)))
                .returns(Reason.NOT_BELIEVED, ProviderRefused::reason)
                .hasMessageContaining("invalid_id_token")
                .hasMessageContaining("aud")
                .hasMessageNotContaining("ada");
    }

    @Test
    void whoHasToShowAgainThatItIsThemIsAskedAnew() {
        Map<String, Instant> when =
                Map.of("at once", Instant.now(), "long ago", Instant.now().minusSeconds(600));
        for (var each : when.entrySet()) {
            ProviderQuestion asked = signIn.begin(ProviderWish.prove("acme", 7)).orElseThrow();
            assertThat(asked.address()).contains("prompt=login").contains("max_age=0");
            Map<String, Object> person = new LinkedHashMap<>(ADA);
            person.put("auth_time", each.getValue().getEpochSecond());
            Map<String, String> back = provider.agree(asked.address(), person);
            if (each.getKey().equals("at once")) {
                assertThat(finish(asked, back)).isPresent();
            } else {
                assertThat(refusal(asked, back)).returns(Reason.NOT_ASKED_AGAIN, ProviderRefused::reason);
            }
        }
        ProviderQuestion asked = signIn.begin(ProviderWish.prove("acme", 7)).orElseThrow();
        assertThat(refusal(asked, provider.agree(asked.address(), ADA)))
                .as("says no time")
                .returns(Reason.NOT_ASKED_AGAIN, ProviderRefused::reason);
    }

    @Test
    void aProviderThatFallsSilentOnTheWayBackIsSaidToBeAway() {
        ProviderQuestion asked = ask();
        Map<String, String> back = provider.agree(asked.address(), ADA);
        provider.close();
        assertThat(refusal(asked, back)).returns(Reason.UNREACHABLE, ProviderRefused::reason);
    }

    @Test
    void aConfigurationThatWouldNotBeSafeDoesNotStart() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> configured("acme", "http://provider.example", Set.of()))
                .withMessageContaining("https");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> configured("../up", provider.issuer(), Set.of()));
        Provider one = configured("acme", provider.issuer(), Set.of());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ProviderProperties(List.of(one, one)));
        assertThat(one.toString()).doesNotContain(LyingProvider.SECRET);
    }

    private ProviderQuestion ask() {
        return signIn.begin(ProviderWish.signIn("acme")).orElseThrow();
    }

    private Optional<ProviderPerson> finish(ProviderQuestion asked, Map<String, String> back) {
        try {
            return Optional.of(signIn.finish(asked, answer(back)).person());
        } catch (ProviderRefused refused) {
            return Optional.empty();
        }
    }

    private static ProviderAnswer answer(Map<String, String> back) {
        return new ProviderAnswer(back.get("code"), back.get("state"), back.get("iss"), back.get("error"));
    }

    private ProviderRefused refusal(ProviderQuestion asked, Map<String, String> back) {
        return catchThrowableOfType(ProviderRefused.class, () -> signIn.finish(asked, answer(back)));
    }
}
