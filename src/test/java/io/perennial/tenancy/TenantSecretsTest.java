package io.perennial.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.tenancy.TenantSecrets.Unreadable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tenants entrust to us is of no use to anybody else. */
@IntegrationTest
class TenantSecretsTest {

    private static final TenantId ACME = new TenantId(11);
    private static final TenantId GLOBEX = new TenantId(12);
    private static final byte[] SECRET = "correct horse".getBytes(StandardCharsets.UTF_8);

    @Autowired
    TenantSecrets secrets;

    @Autowired
    JdbcClient jdbc;

    private TenantSecrets withKey(String key) {
        return new TenantSecrets(new EncryptionProperties(key), jdbc);
    }

    @Test
    void whatIsSealedOpensForTheSameTenantAndFieldOnly() {
        byte[] sealed = secrets.seal(ACME, "server", SECRET);
        assertThat(secrets.open(ACME, "server", sealed)).isEqualTo(SECRET);
        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> secrets.open(GLOBEX, "server", sealed));
        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> secrets.open(ACME, "other", sealed));
    }

    @Test
    void theSameSecretLooksDifferentEachTimeAndNeverLikeItself() {
        byte[] once = secrets.seal(ACME, "server", SECRET);
        assertThat(secrets.seal(ACME, "server", SECRET)).isNotEqualTo(once);
        assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain("correct");
    }

    @Test
    void oneChangedBitIsNoticed() {
        byte[] sealed = secrets.seal(ACME, "server", SECRET);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> secrets.open(ACME, "server", changed));
        }
        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> secrets.open(ACME, "server", new byte[3]));
    }

    @Test
    void anotherNodeWithTheSameDatabaseOrTheSameKeyOpensIt() {
        byte[] sealed = secrets.seal(ACME, "server", SECRET);
        assertThat(withKey("").open(ACME, "server", sealed)).isEqualTo(SECRET);
        String key = "k".repeat(32);
        assertThat(withKey(key).open(ACME, "server", withKey(" " + key + "\n").seal(ACME, "server", SECRET)))
                .isEqualTo(SECRET);
    }

    @Test
    void anotherKeyIsNamedAsTheReason() {
        byte[] sealed = withKey("a".repeat(40)).seal(ACME, "server", SECRET);
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> withKey("b".repeat(40)).open(ACME, "server", sealed))
                .withMessageContaining("another perennial.encryption-key");
    }

    @Test
    void aShortKeyIsRefusedAndAKeyIsNeverPrinted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EncryptionProperties("hunter2"));
        assertThat(new EncryptionProperties("k".repeat(32)).toString()).doesNotContain("kk");
    }
}
