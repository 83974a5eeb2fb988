package io.perennial.accounts.signin;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import io.perennial.accounts.ConsoleAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks what authenticators answer (Web Authentication Level 3, sections 7.1 and 7.2), for the one site that the
 * configured public address names. Who made the authenticator is not asked.
 *
 * @see <a href="../../../../../../../docs/decisions/0112-passkeys.md">0112-passkeys.md</a>
 */
@Component
class PasskeyCheck {

    /** ES256, EdDSA, RS256: what authenticators in use make. */
    static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    static final int LONGEST = 20_000;

    /** It is not what was asked for. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;
        private final boolean copied;

        Refused(String message, boolean copied) {
            super(message);
            this.copied = copied;
        }

        /** Whether the counter went back: the key has been used elsewhere since. */
        boolean isCopied() {
            return copied;
        }
    }

    /** A passkey as it is stored. */
    record Stored(byte[] credential, long signCount, boolean backupEligible, boolean backedUp, String transports) {}

    /**
     * An answer that was only read so far.
     *
     * @param userHandle whose it says it is; empty where it does not
     */
    record Read(AuthenticationData data, byte[] credentialId, byte[] userHandle) {}

    private final ObjectConverter objects = new ObjectConverter();
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(objects);
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(objects);
    private final URI address;

    PasskeyCheck(ConsoleAddress address) {
        this.address = address.publicUrl();
    }

    /** Browsers make passkeys for names only, and only over https; on one's own machine without. */
    boolean isPossible() {
        String host = site();
        boolean name = !host.contains(":") && !host.matches("[\\d.]+");
        return host.equals("localhost") || (name && "https".equals(address.getScheme()));
    }

    /** The relying party's id. */
    String site() {
        return address.getHost();
    }

    private ServerProperty expected(byte[] challenge) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        Origin origin = new Origin(address.getScheme() + "://" + address.getHost() + port);
        return ServerProperty.builder()
                .origin(origin)
                .rpId(site())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    /** Checks a new passkey, which must have asked for finger, face or PIN. */
    Stored made(String json, byte[] challenge) throws Refused {
        List<PublicKeyCredentialParameters> parameters = ALGORITHMS.stream()
                .map(each -> new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(each)))
                .toList();
        try {
            RegistrationData data = manager.parseRegistrationResponseJSON(bounded(json));
            manager.verify(data, new RegistrationParameters(expected(challenge), parameters, true, true));
            AuthenticatorData<?> authenticator =
                    Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
            AttestedCredentialData made = Objects.requireNonNull(authenticator.getAttestedCredentialData());
            return new Stored(
                    credentials.convert(made),
                    authenticator.getSignCount(),
                    authenticator.isFlagBE(),
                    authenticator.isFlagBS(),
                    text(data.getTransports()));
        } catch (RuntimeException e) { // what is no answer at all trips the library in many ways
            throw refused(e);
        }
    }

    /** Reads an answer, so that its passkey can be looked up; nothing of it is checked yet. */
    @SuppressWarnings("NullAway") // what the library says of its arrays is taken for their elements'
    Read read(String json) throws Refused {
        try {
            AuthenticationData data = manager.parseAuthenticationResponseJSON(bounded(json));
            byte[] whose = data.getUserHandle();
            return new Read(data, Objects.requireNonNull(data.getCredentialId()), whose == null ? new byte[0] : whose);
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    /** Checks an answer against its passkey. */
    Stored used(Read answer, Stored known, byte[] challenge, boolean verified) throws Refused {
        var record = new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                known.backupEligible(),
                known.backedUp(),
                known.signCount(),
                credentials.convert(known.credential()),
                null,
                null,
                null,
                null);
        try {
            manager.verify(
                    answer.data(),
                    new AuthenticationParameters(
                            expected(challenge), record, List.of(answer.credentialId()), verified, true));
            AuthenticatorData<?> authenticator =
                    Objects.requireNonNull(answer.data().getAuthenticatorData());
            return new Stored(
                    known.credential(),
                    authenticator.getSignCount(),
                    known.backupEligible(),
                    authenticator.isFlagBS(),
                    known.transports());
        } catch (MaliciousCounterValueException e) {
            throw new Refused("The counter went back", true);
        } catch (RuntimeException e) { // what is no answer at all trips the library in many ways
            throw refused(e);
        }
    }

    byte[] credentialId(Stored stored) {
        return credentials.convert(stored.credential()).getCredentialId();
    }

    private static Refused refused(RuntimeException e) {
        return new Refused(e.getClass().getSimpleName(), false);
    }

    private static String bounded(String json) {
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException("Too long");
        }
        return json;
    }

    private static String text(@Nullable Set<AuthenticatorTransport> transports) {
        return transports == null
                ? ""
                : transports.stream()
                        .map(AuthenticatorTransport::getValue)
                        .filter(each -> each.matches("[a-z-]{1,20}"))
                        .limit(4)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(","));
    }
}
