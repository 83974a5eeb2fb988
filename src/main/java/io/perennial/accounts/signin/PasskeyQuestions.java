package io.perennial.accounts.signin;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.PasskeyCheck.Stored;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What browsers are asked, in the JSON of Web Authentication Level 3. */
@Component
class PasskeyQuestions {

    private final PasskeyCheck check;
    private final JsonMapper json;

    PasskeyQuestions(PasskeyCheck check, JsonMapper json) {
        this.check = check;
        this.json = json;
    }

    /** To use a passkey: one of these, or any there is for here. */
    PasskeyCeremony use(PasskeyCeremony asked, List<Stored> theirs) {
        Map<String, Object> options = begun(asked);
        options.put("rpId", check.site());
        options.put("allowCredentials", theirs.stream().map(this::descriptor).toList());
        options.put("userVerification", asked.verified() ? "required" : "preferred");
        return asked.asking(json.writeValueAsString(options));
    }

    /** To make one that is found without a typed address, on a device that has none of these. */
    PasskeyCeremony make(PasskeyCeremony asked, StaffPrincipal staff, List<Stored> known) {
        Map<String, Object> options = begun(asked);
        options.put("rp", Map.of("id", check.site(), "name", "Perennial"));
        options.put(
                "user",
                Map.of(
                        "id", text(handleOf(staff.accountId())),
                        "name", staff.getUsername(),
                        "displayName", staff.displayName()));
        options.put(
                "pubKeyCredParams",
                PasskeyCheck.ALGORITHMS.stream()
                        .map(each -> Map.of("type", "public-key", "alg", each))
                        .toList());
        options.put("excludeCredentials", known.stream().map(this::descriptor).toList());
        options.put(
                "authenticatorSelection",
                Map.of("residentKey", "required", "requireResidentKey", true, "userVerification", "required"));
        options.put("attestation", "none");
        return asked.asking(json.writeValueAsString(options));
    }

    /** The account's id, which says nothing about the person. */
    private static byte[] handleOf(long account) {
        return ByteBuffer.allocate(Long.BYTES).putLong(account).array();
    }

    static boolean isHandleOf(long account, byte[] handle) {
        return Arrays.equals(handleOf(account), handle);
    }

    private static Map<String, Object> begun(PasskeyCeremony asked) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("challenge", asked.challengeText());
        options.put("timeout", PasskeyCeremony.HOLDS.toMillis());
        return options;
    }

    private Map<String, Object> descriptor(Stored stored) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("type", "public-key");
        one.put("id", text(check.credentialId(stored)));
        if (!stored.transports().isEmpty()) {
            one.put("transports", List.of(stored.transports().split(",")));
        }
        return one;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
