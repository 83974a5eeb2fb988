package io.perennial.accounts.signin;

import io.perennial.tenancy.TenantSql;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Codes for who lost their second factor: ten of 80 random bits, each once. Only their hashes are kept. */
@Component
@TenantSql("A person's codes, who belongs to no tenant; each statement names the person.")
class RecoveryCodes {

    private static final int CODES = 10;

    private final JdbcClient jdbc;

    RecoveryCodes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** New ones, shown this once; the old ones hold no more. */
    List<String> fresh(long account) {
        forget(account);
        SecureRandom random = new SecureRandom();
        return Stream.generate(() -> {
                    byte[] bytes = new byte[10];
                    random.nextBytes(bytes);
                    return Enrolment.base32(bytes).toLowerCase(Locale.ROOT);
                })
                .limit(CODES)
                .map(code -> {
                    jdbc.sql("INSERT INTO staff_recovery_code (account_id, code_hash) VALUES (?, ?)")
                            .params(account, Tokens.hash(code))
                            .update();
                    return code.replaceAll("(.{4})(?!$)", "$1-");
                })
                .toList();
    }

    int left(long account) {
        return jdbc.sql("SELECT COUNT(*) FROM staff_recovery_code WHERE account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /** Whether it is one of theirs, which is gone then. */
    boolean use(long account, String code) {
        return jdbc.sql("DELETE FROM staff_recovery_code WHERE account_id = ? AND code_hash = ?")
                        .params(account, Tokens.hash(plain(code)))
                        .update()
                > 0;
    }

    void forget(long account) {
        jdbc.sql("DELETE FROM staff_recovery_code WHERE account_id = ?")
                .param(account)
                .update();
    }

    private static String plain(String code) {
        return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }
}
