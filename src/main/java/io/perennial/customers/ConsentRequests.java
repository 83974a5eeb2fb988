package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Double opt-in: what somebody asked for waits until the owner of the address confirms it, and is forgotten after
 * fourteen days. Whether an address is known, suppressed or erased never shows to who asks: the same row is kept and the
 * same answer given, only no mail goes out.
 *
 * @see <a href="../../../../../docs/decisions/0210-double-opt-in.md">0210-double-opt-in.md</a>
 */
@Service
@TenantSql("One row for each address that asked, changed in place so that asking often fills nothing.")
public class ConsentRequests {

    static final int STAFF_WAIT_DAYS = 7;
    private static final Duration VALID = Duration.ofDays(14);
    /** So many mails at most to one address while its request waits, and so long apart. */
    private static final int MOST_MAILS = 3;

    private static final Duration BETWEEN_MAILS = Duration.ofHours(1);
    /** Staff of one business ask so many people a day at most: it is for single customers, campaigns are for many. */
    private static final int STAFF_A_DAY = 200;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String COLUMNS =
            "id, email, customer_id, first_name, language, topics, source, network, asked_at, "
                    + "expires_at, confirmed_at";

    private final JdbcClient jdbc;
    private final ConsentTopics topics;
    private final ConsentWordings wordings;
    private final ConsentService consents;
    private final Suppressions suppressions;
    private final ErasedPeople erased;
    private final CustomerChoices choices;
    private final CustomerChanges changes;
    private final Happenings happenings;
    private final ObjectProvider<ConfirmationMails> mails;

    ConsentRequests(
            JdbcClient jdbc,
            ConsentTopics topics,
            ConsentWordings wordings,
            ConsentService consents,
            Suppressions suppressions,
            ErasedPeople erased,
            CustomerChoices choices,
            CustomerChanges changes,
            Happenings happenings,
            ObjectProvider<ConfirmationMails> mails) {
        this.jdbc = jdbc;
        this.topics = topics;
        this.wordings = wordings;
        this.consents = consents;
        this.suppressions = suppressions;
        this.erased = erased;
        this.choices = choices;
        this.changes = changes;
        this.happenings = happenings;
        this.mails = mails;
    }

    /** The topics on offer in a language, with the exact text of each. */
    @Transactional
    public List<ConsentRequest.Wanted> offered(Locale language) {
        List<ConsentTopic> offered = topics.list();
        Map<String, TopicText> texts = wordings.texts(offered, language.getLanguage());
        return offered.stream()
                .map(topic -> {
                    TopicText text = texts.get(topic.code());
                    return new ConsentRequest.Wanted(
                            topic.code(),
                            CustomerChoices.shown(topic, text).name(),
                            text == null ? topic.name() : text.wording());
                })
                .toList();
    }

    /**
     * Anybody asked for mails to an address on a public page. Only where an address is new or has not said no, and the
     * business does not want confirmations, it counts at once.
     *
     * @param chosen codes of topics; those not on offer are left out, none chosen means all
     * @param network already shortened
     */
    @Transactional
    public void askedFor(
            EmailAddress email,
            @Nullable String firstName,
            Set<String> chosen,
            Locale language,
            @Nullable String network,
            boolean confirmed) {
        List<ConsentRequest.Wanted> wanted = offered(language).stream()
                .filter(topic -> chosen.isEmpty() || chosen.contains(topic.topic()))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        ConsentRequest request = keep(email, null, firstName, language, wanted, "sign-up page", network);
        if (confirmed || chosen.isEmpty() || !countsAtOnce(request)) {
            boolean mayBeMailed = suppressions
                    .entry(email)
                    .map(entry -> entry.reason() == SuppressionReason.UNSUBSCRIBED)
                    .orElse(true);
            if (mayBeMailed && plan(request.id())) {
                mails.ifAvailable(mailer -> mailer.sendSoon(request));
            }
        } else {
            grant(request, false);
        }
    }

    /** A stranger's word is enough for an address that nobody has said anything about. */
    private boolean countsAtOnce(ConsentRequest request) {
        EmailAddress email = new EmailAddress(request.email());
        boolean withdrawn = jdbc.sql(
                        "SELECT 1 FROM customer c JOIN consent k ON k.tenant_id = c.tenant_id "
                                + "AND k.customer_id = c.id AND k.status = 'WITHDRAWN' WHERE c.tenant_id = ? AND c.email = ? LIMIT 1")
                .params(tenant(), email.value())
                .query((rs, n) -> true)
                .optional()
                .isPresent();
        return !withdrawn
                && suppressions.entry(email).isEmpty()
                && erased.erasedAt(CurrentTenant.require(), email.value(), null).isEmpty();
    }

    /**
     * Staff ask a customer for consent to all topics they were never asked about. The customer gets one mail.
     *
     * @throws AskRefused if that is not allowed now
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void ask(CustomerId customer) {
        ConfirmationMails mailer = mails.getIfAvailable();
        if (mailer != null && mailer.hindrance().isPresent()) {
            throw new AskRefused(mailer.hindrance().get());
        }
        CustomerChoices.Reader reader = choices.reader(customer).orElseThrow(() -> new CustomerNotFound(customer));
        EmailAddress email = Optional.ofNullable(reader.email())
                .flatMap(EmailAddress::parse)
                .orElseThrow(() -> new AskRefused(AskRefused.Why.NO_ADDRESS));
        if (suppressions.entry(email).isPresent()) {
            throw new AskRefused(AskRefused.Why.SUPPRESSED);
        }
        Locale language = choices.languageOf(reader.locale());
        List<TopicChoice> offered = choices.topics(customer, language);
        if (offered.stream().anyMatch(choice -> choice.status() == ConsentStatus.WITHDRAWN)) {
            throw new AskRefused(AskRefused.Why.SAID_NO);
        }
        List<ConsentRequest.Wanted> wanted = offered.stream()
                .filter(choice -> choice.status() == null)
                .map(choice -> new ConsentRequest.Wanted(
                        choice.topic().code(), choice.topic().name(), choice.wording()))
                .toList();
        if (wanted.isEmpty()) {
            throw new AskRefused(AskRefused.Why.NOTHING_TO_ASK);
        }
        refuseTooOften(email);
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
        ConsentRequest request = keep(email, customer, null, language, wanted, "asked by staff: " + by, null);
        if (!plan(request.id())) {
            throw new AskRefused(AskRefused.Why.ASKED_LATELY);
        }
        if (mailer != null) {
            mailer.sendSoon(request);
        }
    }

    private void refuseTooOften(EmailAddress email) {
        LocalDateTime since = LocalDateTime.now(Clock.systemUTC()).minusDays(STAFF_WAIT_DAYS);
        boolean lately = jdbc.sql("SELECT 1 FROM consent_request WHERE tenant_id = ? AND email = ? AND mailed_at > ?")
                .params(tenant(), email.value(), since)
                .query((rs, n) -> true)
                .optional()
                .isPresent();
        if (lately) {
            throw new AskRefused(AskRefused.Why.ASKED_LATELY);
        }
        int today = jdbc.sql(
                        "SELECT COUNT(*) FROM consent_request WHERE tenant_id = ? AND source LIKE 'asked by staff%' "
                                + "AND asked_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY")
                .param(tenant())
                .query(Integer.class)
                .single();
        if (today >= STAFF_A_DAY) {
            throw new AskRefused(AskRefused.Why.TOO_MANY);
        }
    }

    /** The open request of a customer, or the one confirmed lately. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<ConsentRequest> of(EmailAddress email) {
        return byEmail(email);
    }

    private Optional<ConsentRequest> byEmail(EmailAddress email) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM consent_request WHERE tenant_id = ? AND email = ?")
                .params(tenant(), email.value())
                .query(ConsentRequests::map)
                .optional();
    }

    /** For the page that a confirmation mail leads to; empty once it expired. */
    @Transactional(readOnly = true)
    public Optional<ConsentRequest> find(long id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM consent_request WHERE tenant_id = ? AND id = ? "
                        + "AND expires_at > UTC_TIMESTAMP(6)")
                .params(tenant(), id)
                .query(ConsentRequests::map)
                .optional();
    }

    /**
     * The owner of the address confirmed: consent is recorded with the text shown, a customer made where there is none,
     * and their own earlier "no mails at all" or erasure undone. A bounce, a complaint or what staff decided stays.
     * Repeating it is harmless.
     */
    @Transactional
    public Optional<ConsentRequest> confirm(long id) {
        Optional<ConsentRequest> open = jdbc.sql(
                        "SELECT " + COLUMNS + " FROM consent_request WHERE tenant_id = ? AND id = ? "
                                + "AND expires_at > UTC_TIMESTAMP(6) FOR UPDATE")
                .params(tenant(), id)
                .query(ConsentRequests::map)
                .optional();
        open.filter(request -> request.confirmedAt() == null).ifPresent(request -> grant(request, true));
        return open.flatMap(request -> find(id));
    }

    private void grant(ConsentRequest request, boolean byOwner) {
        CustomerId customer = customerOf(request);
        String how = request.source() + ", " + request.askedAt().truncatedTo(ChronoUnit.MINUTES)
                + (request.network() == null ? "" : " from " + request.network())
                + (byOwner ? ", confirmed by mail" : "");
        for (ConsentRequest.Wanted wanted : request.topics()) {
            consents.changeByCustomer(customer, wanted.topic(), true, new Evidence(how, wanted.wording()));
        }
        jdbc.sql("UPDATE consent_request SET confirmed_at = ?, customer_id = ?, next_mail_at = NULL "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(LocalDateTime.now(Clock.systemUTC()), customer.value(), tenant(), request.id())
                .update();
    }

    private CustomerId customerOf(ConsentRequest request) {
        Optional<CustomerId> known = jdbc.sql(
                        "SELECT COALESCE(merged_into, id) FROM customer WHERE tenant_id = ? AND email = ? "
                                + "AND (erased_at IS NULL OR merged_into IS NOT NULL)")
                .params(tenant(), request.email())
                .query((rs, n) -> new CustomerId(rs.getLong(1)))
                .optional();
        return known.orElseGet(() -> create(request));
    }

    private CustomerId create(ConsentRequest request) {
        erased.forget(CurrentTenant.require(), request.email()); // they came back by themselves
        CustomerId id = new CustomerId(TimeOrderedIds.next());
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        jdbc.sql("INSERT INTO customer (tenant_id, id, email, first_name, locale, created_at, updated_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(tenant(), id.value(), request.email())
                .param(request.firstName())
                .params(request.language().getLanguage(), now, now)
                .update();
        jdbc.sql("INSERT INTO customer_summary (tenant_id, customer_id) VALUES (?, ?)")
                .params(tenant(), id.value())
                .update();
        changes.note(CurrentTenant.require(), EnumSet.allOf(CustomerAspect.class), List.of(id.value()));
        happenings.tellOf(
                CurrentTenant.require(), EventType.CUSTOMER_CREATED, List.of(id.value()), EventData.Customers::new);
        return id;
    }

    private ConsentRequest keep(
            EmailAddress email,
            @Nullable CustomerId customer,
            @Nullable String firstName,
            Locale language,
            List<ConsentRequest.Wanted> wanted,
            String source,
            @Nullable String network) {
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        // An address that asks again after it confirmed may have chosen other topics: it confirms those too.
        jdbc.sql(
                        "INSERT INTO consent_request (tenant_id, id, email, customer_id, first_name, language, topics, source, "
                                + "network, asked_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                + "ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id), first_name = VALUES(first_name), "
                                + "language = VALUES(language), topics = VALUES(topics), source = VALUES(source), "
                                + "network = VALUES(network), asked_at = VALUES(asked_at), expires_at = VALUES(expires_at), "
                                + "confirmed_at = NULL")
                .param(tenant())
                .param(TimeOrderedIds.next())
                .param(email.value())
                .param(customer == null ? null : customer.value())
                .param(firstName)
                .param(language.getLanguage())
                .param(JSON.writeValueAsString(wanted))
                .param(Evidence.of(source).source())
                .param(network)
                .param(now)
                .param(now.plus(VALID))
                .update();
        return byEmail(email).orElseThrow();
    }

    /** Whether a mail may go out now; then it is noted that one is to go. */
    private boolean plan(long id) {
        return jdbc.sql("UPDATE consent_request SET next_mail_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ? "
                                + "AND mails < ? AND (mailed_at IS NULL OR mailed_at < ?) AND next_mail_at IS NULL")
                        .params(tenant(), id, MOST_MAILS)
                        .param(LocalDateTime.now(Clock.systemUTC()).minus(BETWEEN_MAILS))
                        .update()
                > 0;
    }

    /** Takes a planned mail on; false where another thread or node has it, or none is planned. */
    @Transactional
    public boolean takeOn(long id) {
        return jdbc.sql(
                                "UPDATE consent_request SET next_mail_at = NULL, mails = mails + 1, "
                                        + "mailed_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ? AND next_mail_at IS NOT NULL")
                        .params(tenant(), id)
                        .update()
                > 0;
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

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
