package io.perennial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks for secrets in every line that the repository ever had, as those of old commits are as public as today's. The
 * shapes, and the entropies (bits a character) below which a find is a placeholder, are those of
 * <a href="https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml">gitleaks</a>, as far as the services are
 * ones that this project could ever hold keys of.
 */
class SecretsTest {

    private static final Map<Pattern, Double> SHAPES = new LinkedHashMap<>();

    static {
        shape("((?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\\b", 3);
        shape("(AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})", 0);
        shape("(AIza[\\w-]{35})\\b", 4);
        shape("((?:ghp|gho|ghu|ghs|ghr)_[0-9a-zA-Z]{36})", 3);
        shape("(github_pat_\\w{82})", 3);
        shape("(glpat-[\\w-]{20})", 3);
        shape("(dop_v1_[a-f0-9]{64})", 3);
        shape("(npm_[a-zA-Z0-9]{36})\\b", 2);
        shape("(sk-ant-api03-[\\w-]{93}AA)", 0);
        shape("(SG\\.[\\w=.-]{66})\\b", 2);
        shape("(xox[abpr]-[0-9]{10,13}-[0-9a-zA-Z-]{10,})", 3);
        shape("(hooks\\.slack\\.com/services/[A-Za-z0-9+/]{43,56})", 0);
        shape("((?:sk|rk)_(?:test|live|prod)_[a-zA-Z0-9]{10,99})", 2);
        shape("(hvs\\.[\\w-]{90,120})", 3.5);
        shape("(whsec_[A-Za-z0-9+/]{32,})", 3.5);
        shape("\\b(ey[a-zA-Z0-9]{17,}\\.ey[a-zA-Z0-9/_-]{17,}\\.[a-zA-Z0-9/_-]{10,}={0,2})", 3);
        shape(
                "(?i)(?:access|auth|api[_.-]?key|credential|creds|passw(?:or)?d|secret|token)[\\w.-]{0,20}[\\s\"']{0,3}[=:,]"
                        + "\\s{0,3}[\"'`]([\\w+/=-]{20,150})[\"'`]",
                4);
    }

    /** What looks like one and is none, with why. */
    private static final Map<String, String> KNOWN =
            Map.of("a-token-of-tests-alone-0123456789", "the monitoring token of a console that a test starts");

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----");

    private static final Pattern KEY_LINE = Pattern.compile("^[\\s\"'+]*[A-Za-z0-9+/]{40,}={0,2}(\\\\n)?[\\s\"';+]*$");

    private static void shape(String regex, double entropy) {
        SHAPES.put(Pattern.compile(regex), entropy);
    }

    @Test
    void noCommitHoldsASecret() throws IOException {
        List<String> found = new ArrayList<>();
        Process git = git("log", "-p", "--unified=0", "--no-color", "--no-ext-diff", "--format=commit %h");
        try (BufferedReader lines = git.inputReader(StandardCharsets.ISO_8859_1)) {
            String commit = "";
            String file = "";
            boolean inKey = false;
            long seen = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("commit ")) {
                    commit = line.substring(7);
                } else if (line.startsWith("+++ ")) {
                    file = line.substring(4);
                } else if (line.startsWith("+")) {
                    seen++;
                    String text = line.substring(1);
                    String secret = inKey && KEY_LINE.matcher(text).matches() ? "a private key" : secretIn(text);
                    if (secret != null && !KNOWN.containsKey(secret)) {
                        found.add(commit + " " + file + ": " + secret);
                    }
                    inKey = PRIVATE_KEY.matcher(text).find();
                }
            }
            assertThat(seen).as("lines that were looked at").isGreaterThan(1_000);
        }
        assertThat(found)
                .as("take it out, give its holder a new one, and say so; or list it in KNOWN with why it is none")
                .isEmpty();
    }

    /** Planted in two parts, so that this file holds none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws = AKIA|Q3EGRLS7BCVYTZ5X",
                "token: ghp|_9aBcD3fGhI1jKlMnOp7rStUvWx5zA2cE4gHi",
                "STRIPE=sk_live|_4eC39HqLyjWDarjtT1zdp7dc",
                "spring.mail.password: '|hT7sKq2LmZx9VbN4RwYc8Dp'",
                "String secret = \"|q8Zr2VxN5tLk0PwHs7Yd3Jm\";",
                "curl -H \"Authorization: Bearer ey|JhbGciOiJIUzI1NiJ9xx.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N\""
            })
    void aPlantedOneIsFound(String planted) {
        assertThat(secretIn(planted.replace("|", ""))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: ${PERENNIAL_DB_PASSWORD:-perennial}",
                "String token = \"invitation.token.is.not.valid\";",
                "secret=changeme"
            })
    void placeholdersAreNone(String line) {
        assertThat(secretIn(line)).isNull();
    }

    private static @Nullable String secretIn(String line) {
        if (line.length() > 20_000) {
            return null; // a bundle or a picture as text
        }
        for (Map.Entry<Pattern, Double> shape : SHAPES.entrySet()) {
            Matcher matcher = shape.getKey().matcher(line);
            while (matcher.find()) {
                if (entropy(matcher.group(1)) >= shape.getValue()) {
                    return matcher.group(1);
                }
            }
        }
        return null;
    }

    /** Shannon's, in bits a character. */
    private static double entropy(String text) {
        Map<Integer, Integer> counts = new HashMap<>();
        text.chars().forEach(c -> counts.merge(c, 1, Integer::sum));
        return counts.values().stream()
                .mapToDouble(n -> (double) n / text.length())
                .map(p -> -p * Math.log(p) / Math.log(2))
                .sum();
    }

    private static Process git(String... arguments) {
        try {
            assumeTrue(
                    new ProcessBuilder("git", "rev-parse", "--git-dir")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            == 0,
                    "no git repository here: nothing to look through");
            return new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments))
                            .toList())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
