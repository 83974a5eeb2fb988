package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was asked for and waits to be confirmed, and which mails ask for that. Joins the caller's transaction.
 *
 * @see <a href="../../../../../docs/decisions/0210-double-opt-in.md">0210-double-opt-in.md</a>
 */
@Component
@TenantSql("One row for each address that asked, changed in place so that asking often fills nothing.")
class ConsentRequestStore {

    private static final Duration VALID = Duration.ofDays(14);

    /** So many mails at most to one address while its request waits, and so long apart. */
    private static final int MOST_MAILS = 3;

    private static final Duration BETWEEN_MAILS = Duration.ofHours(1);

    /** Begins the source of what staff asked, by which those are counted. */
    private static final String BY_STAFF = "asked by staff: ";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SELECT =
            "SELECT id, email, customer_id, first_name, language, topics, source, network, "
                    + "asked_at, expires_at, confirmed_at FROM consent_request WHERE tenant_id = ? ";
    private static final String OPEN = "AND id = ? AND expires_at > UTC_TIMESTAMP(6)";

    private final JdbcClient jdbc;

    ConsentRequestStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Who asks, in which language, for what.
     *
     * @param customer whom staff ask; nothing of a stranger, who says a first name instead
     * @param network already shortened
     */
    record Asked(
            EmailAddress email,
            @Nullable CustomerId customer,
            @Nullable String firstName,
            Locale language,
            List<ConsentRequest.Wanted> wanted,
            String source,
            @Nullable String network) {

        static Asked byStaff(
                String staff,
                CustomerId customer,
                EmailAddress email,
                Locale language,
                List<ConsentRequest.Wanted> wanted) {
            return new Asked(email, customer, null, language, wanted, BY_STAFF + staff, null);
        }
    }

    /** Puts a request in the place of an earlier one of the address: who asks again may have chosen other topics. */
    ConsentRequest keep(Asked asked) {
        LocalDateTime now = now();
        jdbc.sql(
                        "INSERT INTO consent_request (tenant_id, id, email, customer_id, first_name, language, topics, source, "
                                + "network, asked_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                + "ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id), first_name = VALUES(first_name), "
                                + "language = VALUES(language), topics = VALUES(topics), source = VALUES(source), "
                                + "network = VALUES(network), asked_at = VALUES(asked_at), expires_at = VALUES(expires_at), "
                                + "confirmed_at = NULL")
                .param(tenant())
                .param(TimeOrderedIds.next())
                .param(asked.email().value())
                .param(asked.customer() == null ? null : asked.customer().value())
                .param(asked.firstName())
                .param(asked.language().getLanguage())
                .param(JSON.writeValueAsString(asked.wanted()))
                .param(Evidence.of(asked.source()).source())
                .param(asked.network())
                .param(now)
                .param(now.plus(VALID))
                .update();
        return of(asked.email()).orElseThrow();
    }

    /** The open request of an address, or the one confirmed lately. */
    Optional<ConsentRequest> of(EmailAddress email) {
        return jdbc.sql(SELECT + "AND email = ?")
                .params(tenant(), email.value())
                .query(ConsentRequestStore::map)
                .optional();
    }

    /** A request that has not expired. */
    Optional<ConsentRequest> find(long id) {
        return jdbc.sql(SELECT + OPEN)
                .params(tenant(), id)
                .query(ConsentRequestStore::map)
                .optional();
    }

    /** The same, held until the transaction ends: a mailed link is pressed twice. */
    Optional<ConsentRequest> lock(long id) {
        return jdbc.sql(SELECT + OPEN + " FOR UPDATE")
                .params(tenant(), id)
                .query(ConsentRequestStore::map)
                .optional();
    }

    void confirmed(long id, CustomerId customer) {
        jdbc.sql("UPDATE consent_request SET confirmed_at = ?, customer_id = ?, next_mail_at = NULL "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(now(), customer.value(), tenant(), id)
                .update();
    }

    /** Whether a mail may go out now; then it is noted that one is to go. */
    boolean plan(long id) {
        return jdbc.sql("UPDATE consent_request SET next_mail_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ? "
                                + "AND mails < ? AND (mailed_at IS NULL OR mailed_at < ?) AND next_mail_at IS NULL")
                        .params(tenant(), id, MOST_MAILS, now().minus(BETWEEN_MAILS))
                        .update()
                > 0;
    }

    /** Takes a planned mail on; false where another thread or node has it, or none is planned. */
    boolean takeOn(long id) {
        return jdbc.sql(
                                "UPDATE consent_request SET next_mail_at = NULL, mails = mails + 1, "
                                        + "mailed_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ? AND next_mail_at IS NOT NULL")
                        .params(tenant(), id)
                        .update()
                > 0;
    }

    boolean wasMailedSince(EmailAddress email, Instant since) {
        return jdbc.sql("SELECT 1 FROM consent_request WHERE tenant_id = ? AND email = ? AND mailed_at > ?")
                .params(tenant(), email.value(), LocalDateTime.ofInstant(since, ZoneOffset.UTC))
                .query((rs, n) -> true)
                .optional()
                .isPresent();
    }

    /** How many customers staff asked within a day. */
    int askedByStaffLately() {
        return jdbc.sql("SELECT COUNT(*) FROM consent_request WHERE tenant_id = ? AND source LIKE ? "
                        + "AND asked_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY")
                .params(tenant(), BY_STAFF + "%")
                .query(Integer.class)
                .single();
    }

    private static ConsentRequest map(ResultSet rs, int row) throws SQLException {
        long customer = rs.getLong("customer_id");
        LocalDateTime confirmed = rs.getObject("confirmed_at", LocalDateTime.class);
        return new ConsentRequest(
                rs.getLong("id"),
                rs.getString("email"),
                customer == 0 ? null : new CustomerId(customer),
                rs.getString("first_name"),
                Locale.of(rs.getString("language")),
                JSON.readValue(rs.getString("topics"), new TypeReference<List<ConsentRequest.Wanted>>() {}),
                rs.getString("source"),
                rs.getString("network"),
                rs.getObject("asked_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getObject("expires_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                confirmed == null ? null : confirmed.toInstant(ZoneOffset.UTC));
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(Clock.systemUTC());
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
