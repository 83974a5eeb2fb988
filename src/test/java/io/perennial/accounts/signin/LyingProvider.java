package io.perennial.accounts.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID provider that keeps the protocol unless a test tells it how to lie. Its people need not sign in there. */
public final class LyingProvider implements AutoCloseable {

    public static final String CLIENT = "console";
    public static final String SECRET = "a-secret-that-is-long-enough-for-hs256";

    /** How the identity token is sealed. */
    public enum Seal {
        OWN_KEY,
        NOTHING,
        CLIENTS_SECRET,
        PUBLIC_KEY_AS_SECRET,
        UNKNOWN_KEY,
        UNKNOWN_KEY_UNDER_THE_KNOWN_NAME
    }

    private record Granted(Map<String, String> asked, Map<String, Object> claims) {}

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Map<String, Granted> codes = new HashMap<>();
    private final List<String> refusals = new ArrayList<>();
    private RSAKey key = key();
    private String lastSubject = "";

    public Seal seal = Seal.OWN_KEY;
    public boolean namesItself = true;

    /** Applied to the claims of the next token. */
    public UnaryOperator<Map<String, Object>> lie = claims -> claims;

    public String sayIssuer;

    /** What is told besides the token; null to tell what the token does. */
    public Map<String, Object> userInfo;

    public LyingProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        sayIssuer = issuer();
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, metadata()));
        server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
        server.createContext("/token", this::token);
        server.createContext(
                "/userinfo",
                exchange -> answer(exchange, 200, userInfo == null ? Map.of("sub", lastSubject) : userInfo));
        server.start();
    }

    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Why it gave no token, for what was asked. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Takes another key and forgets the old one. */
    public void rotate() {
        key = key();
    }

    /**
     * Plays the person who agrees there.
     *
     * @param address where the console sent them
     * @return the parameters with which they come back
     */
    public Map<String, String> agree(String address, Map<String, Object> person) {
        Map<String, String> asked = parameters(URI.create(address).getRawQuery());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer());
        claims.put("aud", CLIENT);
        claims.put("nonce", asked.get("nonce"));
        claims.put("exp", Instant.now().plusSeconds(300));
        claims.put("iat", Instant.now());
        claims.putAll(person);
        String code = UUID.randomUUID().toString();
        codes.put(code, new Granted(asked, claims));
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", asked.get("state"));
        if (namesItself) {
            back.put("iss", issuer());
        }
        return back;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("issuer", sayIssuer);
        all.put("authorization_endpoint", issuer() + "/authorize");
        all.put("token_endpoint", issuer() + "/token");
        all.put("jwks_uri", issuer() + "/keys");
        all.put("userinfo_endpoint", issuer() + "/userinfo");
        all.put("response_types_supported", List.of("code"));
        all.put("subject_types_supported", List.of("public"));
        // It offers what must not be taken.
        all.put("id_token_signing_alg_values_supported", List.of("none", "HS256", "RS256"));
        all.put("authorization_response_iss_parameter_supported", true);
        return all;
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Granted granted = codes.remove(form.getOrDefault("code", ""));
        String problem = granted == null ? "this code was used or never given" : problem(granted, form);
        if (problem != null) {
            refusals.add(problem);
            answer(exchange, 400, Map.of("error", "invalid_grant", "error_description", problem));
            return;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("access_token", UUID.randomUUID().toString());
        all.put("token_type", "Bearer");
        all.put("expires_in", 300);
        all.put("scope", "openid email profile");
        Map<String, Object> claims = lie.apply(new LinkedHashMap<>(granted.claims()));
        all.put("id_token", sealed(claims));
        lastSubject = String.valueOf(claims.get("sub"));
        answer(exchange, 200, all);
    }

    private static String problem(Granted granted, Map<String, String> form) {
        String challenge = granted.asked().get("code_challenge");
        if (!"S256".equals(granted.asked().get("code_challenge_method")) || challenge == null) {
            return "no PKCE";
        }
        String hash = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Tokens.hash(form.getOrDefault("code_verifier", "")));
        if (!challenge.equals(hash)) {
            return "the verifier does not fit";
        }
        return granted.asked().get("redirect_uri").equals(form.get("redirect_uri")) ? null : "another redirect_uri";
    }

    private String sealed(Map<String, Object> claims) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
        claims.forEach((name, value) -> builder.claim(name, value instanceof Instant at ? Date.from(at) : value));
        JWTClaimsSet set = builder.build();
        try {
            return switch (seal) {
                case OWN_KEY -> signed(JWSAlgorithm.RS256, key, key.getKeyID(), set);
                case UNKNOWN_KEY -> {
                    RSAKey other = key();
                    yield signed(JWSAlgorithm.RS256, other, other.getKeyID(), set);
                }
                case UNKNOWN_KEY_UNDER_THE_KNOWN_NAME -> signed(JWSAlgorithm.RS256, key(), key.getKeyID(), set);
                case NOTHING -> new PlainJWT(set).serialize();
                case CLIENTS_SECRET -> mac(SECRET.getBytes(StandardCharsets.UTF_8), set);
                case PUBLIC_KEY_AS_SECRET -> mac(key.toRSAPublicKey().getEncoded(), set);
            };
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSAlgorithm algorithm, RSAKey by, String name, JWTClaimsSet set)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID(name)
                        .type(JOSEObjectType.JWT)
                        .build(),
                set);
        token.sign(new RSASSASigner(by));
        return token.serialize();
    }

    private String mac(byte[] secret, JWTClaimsSet set) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), set);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> content) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(content);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
