package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final EmailAddress EMAIL = new EmailAddress("mia.novakova@roastery.example");
    private static final String NAME = "Mia Nováková";

    private final Passwords passwords = new Passwords(new BreachedPasswords(new PasswordProperties(null, null)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "three calm words",
                "correct horse battery",
                "x7-kd9-2mp-qq1",
                "abcde-fghjk-mnpqr",
                "mia waters her tulips",
                "příliš žluťoučký kůň"
            })
    void lengthAndWordsOfOnesOwnAreEnough(String password) {
        assertThatCode(() -> passwords.requireStrong(password, EMAIL, NAME)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short words",
                "Password1234",
                "P@ssw0rd1234",
                "qwertyuiopas",
                "iloveyouiloveyou",
                "aaaaaaaaaaaaaaaaaaaaaaaa",
                "abcdefghijklmnop",
                "123456789012",
                "michaeljackson",
                "perennial1234",
                "mia.novakova@roastery.example",
                "mia nováková 1",
                "Roastery-2026",
                "novakovamia99"
            })
    void whatOthersTryFirstIsRefused(String password) {
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> passwords.requireStrong(password, EMAIL, NAME))
                .returns(Rule.WEAK_PASSWORD, StaffRuleException::rule);
    }

    @Test
    void anHonestPassphraseOf128CharactersIsTakenAndOneMoreIsNot() {
        String long128 =
                "twelve brown geese cross a quiet lake by night, ".repeat(3).substring(0, 128);
        passwords.requireStrong(long128, EMAIL, NAME);
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> passwords.requireStrong(long128 + "x", EMAIL, NAME));
    }

    @Test
    void aStrongPasswordKnownFromABreachIsRefused(@TempDir Path folder) throws Exception {
        String known = "three calm words";
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(known.getBytes(StandardCharsets.UTF_8));
        Path file = Files.writeString(
                folder.resolve("breached.txt"), HexFormat.of().withUpperCase().formatHex(hash) + ":3\r\n");
        Passwords strict = new Passwords(new BreachedPasswords(new PasswordProperties(file, null)));
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> strict.requireStrong(known, EMAIL, NAME))
                .returns(Rule.BREACHED_PASSWORD, StaffRuleException::rule);
        strict.requireStrong("four calm words here", EMAIL, NAME);
    }
}
