package io.perennial.accounts.signin;

import io.perennial.tenancy.TenantSql;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The browsers in which a person has signed in before, told by a cookie. It opens nothing: see {@link SignInThrottle}. */
@Component
@TenantSql("A person's browsers, who belongs to no tenant.")
public class KnownDevices {

    /** Of one person; the one not seen for the longest time is forgotten first. */
    private static final int MOST = 20;

    private final JdbcClient jdbc;

    KnownDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isKnown(String email, String token) {
        return token.length() < 100
                && jdbc.sql("SELECT COUNT(*) FROM staff_device d JOIN staff_account a ON a.id = d.account_id "
                                        + "WHERE a.email = ? AND d.token_hash = ?")
                                .params(email, Tokens.hash(token))
                                .query(Integer.class)
                                .single()
                        > 0;
    }

    /**
     * Remembers the browser of who has just signed in.
     *
     * @param token what its cookie says, if it has one
     * @return what its cookie shall say from now on
     */
    @Transactional
    public String remember(long accountId, @Nullable String token) {
        if (token != null && token.matches("[\\w-]{43}")) {
            int known = jdbc.sql(
                            "UPDATE staff_device SET seen_at = UTC_TIMESTAMP(6) WHERE account_id = ? AND token_hash = ?")
                    .params(accountId, Tokens.hash(token))
                    .update();
            if (known > 0) {
                return token;
            }
        }
        String fresh = Tokens.fresh();
        jdbc.sql("INSERT INTO staff_device (account_id, token_hash, seen_at) VALUES (?, ?, UTC_TIMESTAMP(6))")
                .params(accountId, Tokens.hash(fresh))
                .update();
        jdbc.sql("SELECT token_hash FROM staff_device WHERE account_id = ? ORDER BY seen_at DESC, token_hash LIMIT 100 "
                        + "OFFSET " + MOST)
                .param(accountId)
                .query((rs, n) -> rs.getBytes(1))
                .list()
                .forEach(old -> jdbc.sql("DELETE FROM staff_device WHERE account_id = ? AND token_hash = ?")
                        .params(accountId, old)
                        .update());
        return fresh;
    }
}
