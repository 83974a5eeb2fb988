package io.perennial.customers;

import io.perennial.accounts.Businesses;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What customers choose on pages of their own beside topics: a pause, their language. Needs no member of staff, only a
 * tenant scope and a customer whose link was verified by the caller.
 */
@Service
@TenantSql("One row for each who paused, and the customer's language; read by audiences as SQL.")
public class CustomerChoices {

    private final JdbcClient jdbc;
    private final ConsentService consents;
    private final ConsentWordings wordings;
    private final Suppressions suppressions;
    private final Businesses businesses;
    private final CustomerChanges changes;

    CustomerChoices(
            JdbcClient jdbc,
            ConsentService consents,
            ConsentWordings wordings,
            Suppressions suppressions,
            Businesses businesses,
            CustomerChanges changes) {
        this.jdbc = jdbc;
        this.consents = consents;
        this.wordings = wordings;
        this.suppressions = suppressions;
        this.businesses = businesses;
        this.changes = changes;
    }

    /** The language pages are shown in to a customer, and who they are to us. */
    public record Reader(
            CustomerId id, @Nullable String email, @Nullable String locale) {}

    @Transactional(readOnly = true)
    public Optional<Reader> reader(CustomerId customer) {
        return jdbc.sql("SELECT email, locale FROM customer WHERE tenant_id = ? AND id = ? AND erased_at IS NULL")
                .params(tenant(), customer.value())
                .query((rs, n) -> new Reader(customer, rs.getString(1), rs.getString(2)))
                .optional();
    }

    /** The topics on offer, in a language, with how the customer stands to them. */
    @Transactional
    public List<TopicChoice> topics(CustomerId customer, Locale language) {
        List<ConsentState> states = consents.preferences(customer).stream()
                .filter(state -> !state.topic().archived())
                .toList();
        Map<String, TopicText> texts =
                wordings.texts(states.stream().map(ConsentState::topic).toList(), language.getLanguage());
        return states.stream()
                .map(state -> choice(state, texts.get(state.topic().code())))
                .toList();
    }

    private static TopicChoice choice(ConsentState state, @Nullable TopicText text) {
        ConsentTopic topic = state.topic();
        return new TopicChoice(shown(topic, text), state.status(), text == null ? topic.name() : text.wording());
    }

    static ConsentTopic shown(ConsentTopic topic, @Nullable TopicText text) {
        return text == null || text.name() == null
                ? topic
                : new ConsentTopic(topic.code(), text.name(), text.description(), topic.archived());
    }

    /** Until when the customer wants no mails; empty where they want them now. */
    @Transactional(readOnly = true)
    public Optional<Instant> pausedUntil(CustomerId customer) {
        return jdbc.sql("SELECT until_at FROM customer_pause WHERE tenant_id = ? AND customer_id = ? "
                        + "AND until_at > UTC_TIMESTAMP(6)")
                .params(tenant(), customer.value())
                .query((rs, n) -> rs.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC))
                .optional();
    }

    /** As {@link #pausedUntil}, for staff. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<Instant> pauseOf(CustomerId customer) {
        return pausedUntil(customer);
    }

    /** The customer wants no mails for a while; zero ends it. Nothing else of their choices changes. */
    @Transactional
    public void pause(CustomerId customer, Duration length, Evidence evidence) {
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        if (length.isZero()) {
            jdbc.sql("DELETE FROM customer_pause WHERE tenant_id = ? AND customer_id = ?")
                    .params(tenant(), customer.value())
                    .update();
            return;
        }
        jdbc.sql("INSERT INTO customer_pause (tenant_id, customer_id, until_at, at, source) "
                        + "SELECT tenant_id, id, ?, ?, ? FROM customer WHERE tenant_id = ? AND id = ? "
                        + "AND erased_at IS NULL ON DUPLICATE KEY UPDATE until_at = VALUES(until_at), at = VALUES(at), "
                        + "source = VALUES(source)")
                .params(now.plus(length), now, evidence.source(), tenant(), customer.value())
                .update();
    }

    /** The customer wants to be written to in this language; a region they had is kept where the language stays. */
    @Transactional
    public void speak(CustomerId customer, String language) {
        if (!CustomerTongues.WRITTEN.contains(language)) {
            throw new IllegalArgumentException("No such language: " + language);
        }
        int changed = jdbc.sql(
                        "UPDATE customer SET locale = ?, updated_at = ? WHERE tenant_id = ? AND id = ? AND erased_at IS NULL "
                                + "AND (locale IS NULL OR LEFT(locale, 2) <> ?)")
                .params(language, LocalDateTime.now(Clock.systemUTC()), tenant(), customer.value(), language)
                .update();
        if (changed > 0) {
            changes.note(CurrentTenant.require(), Set.of(CustomerAspect.LOCALE), List.of(customer.value()));
        }
    }

    /** Why this customer gets no mails at all whatever they choose here: a bounce, a complaint, a deed of staff. */
    @Transactional(readOnly = true)
    public Optional<SuppressionReason> blocked(CustomerId customer) {
        return reader(customer)
                .flatMap(reader -> Optional.ofNullable(reader.email()))
                .flatMap(EmailAddress::parse)
                .flatMap(suppressions::entry)
                .map(Suppression::reason)
                .filter(reason -> reason != SuppressionReason.UNSUBSCRIBED);
    }

    /** Their language as it is written, else the business's, else English. */
    public Locale languageOf(@Nullable String own) {
        return CustomerTongues.written(own, businesses.current().locale());
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
