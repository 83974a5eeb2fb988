package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What customers agreed to, topic by topic, with every change kept as evidence.
 *
 * <p>{@link #preferences}, {@link #changeByCustomer} and {@link #unsubscribeAll} serve the customer's own pages: they
 * need no member of staff, only a tenant scope and a customer whose link was verified by the caller.
 */
@Service
@TenantSql("Rows keyed by customer and topic, changed together with their evidence; read in bulk by imports.")
public class ConsentService {

    private final JdbcClient jdbc;
    private final Suppressions suppressions;
    private final ConsentTopics topics;
    private final CustomerChanges changes;
    private final Happenings happenings;

    ConsentService(
            JdbcClient jdbc,
            Suppressions suppressions,
            ConsentTopics topics,
            CustomerChanges changes,
            Happenings happenings) {
        this.happenings = happenings;
        this.jdbc = jdbc;
        this.suppressions = suppressions;
        this.topics = topics;
        this.changes = changes;
    }

    /** The topics this business offers, in their order; a business without any gets {@link ConsentTopic#NEWS}. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:read')")
    public List<ConsentTopic> topics() {
        return topics.list();
    }

    /** Creates a topic, or changes the name and description of the one with this code. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void saveTopic(ConsentTopic topic) {
        topics.save(topic);
    }

    /** Records that staff were told by the customer that they agree. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void grant(CustomerId customer, String topic, Evidence evidence) {
        change(customer, topic, ConsentStatus.GRANTED, evidence);
    }

    /** Records that staff were told by the customer that they do not want this any more. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public void withdraw(CustomerId customer, String topic, Evidence evidence) {
        change(customer, topic, ConsentStatus.WITHDRAWN, evidence);
    }

    /**
     * As {@link #withdraw} for many at once; those who are not customers any more, or withdrew already, are passed over.
     *
     * @param customers at most a few thousand
     * @return how many withdrew by it
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public int withdrawAll(Collection<Long> customers, String topic, Evidence evidence) {
        topics.require(topic);
        if (customers.isEmpty()) {
            return 0;
        }
        List<Long> who = jdbc.sql("SELECT c.id FROM customer c LEFT JOIN consent k ON k.tenant_id = c.tenant_id "
                        + "AND k.customer_id = c.id AND k.topic = ? WHERE c.tenant_id = ? AND c.erased_at IS NULL "
                        + "AND (k.status IS NULL OR k.status <> 'WITHDRAWN') AND c.id IN ("
                        + String.join(",", Collections.nCopies(customers.size(), "?")) + ") ORDER BY c.id FOR UPDATE")
                .params(topic, tenant())
                .params(List.copyOf(customers))
                .query((rs, n) -> rs.getLong(1))
                .list();
        if (who.isEmpty()) {
            return 0;
        }
        LocalDateTime now = LocalDateTime.ofInstant(Instant.now(Clock.systemUTC()), ZoneOffset.UTC);
        long id = TimeOrderedIds.nextBlock(who.size());
        List<@Nullable Object> states = new ArrayList<>();
        List<@Nullable Object> records = new ArrayList<>();
        for (long customer : who) {
            states.addAll(
                    Arrays.asList(tenant(), customer, topic, "WITHDRAWN", now, evidence.source(), evidence.wording()));
            records.addAll(Arrays.asList(
                    tenant(), id++, customer, topic, "WITHDRAWN", now, evidence.source(), evidence.wording()));
        }
        jdbc.sql("INSERT INTO consent (tenant_id, customer_id, topic, status, at, source, wording) VALUES "
                        + String.join(", ", Collections.nCopies(who.size(), "(?, ?, ?, ?, ?, ?, ?)"))
                        + " ON DUPLICATE KEY UPDATE status = VALUES(status), at = VALUES(at), source = VALUES(source), "
                        + "wording = VALUES(wording)")
                .params(states)
                .update();
        jdbc.sql("INSERT INTO consent_change (tenant_id, id, customer_id, topic, status, at, source, wording) VALUES "
                        + String.join(", ", Collections.nCopies(who.size(), "(?, ?, ?, ?, ?, ?, ?, ?)")))
                .params(records)
                .update();
        changes.note(CurrentTenant.require(), Set.of(CustomerAspect.CONSENT), who);
        tell(who, topic, ConsentStatus.WITHDRAWN);
        return who.size();
    }

    /** Every topic on offer, and those archived that they once chose about, with how this customer stands to it. */
    @Transactional
    public List<ConsentState> preferences(CustomerId customer) {
        requireAddress(customer);
        topics.all();
        return jdbc.sql("SELECT t.code, t.name, t.description, k.status, k.at, k.source, k.wording, "
                        + "t.archived_at IS NOT NULL "
                        + "FROM consent_topic t LEFT JOIN consent k ON k.tenant_id = t.tenant_id AND k.topic = t.code "
                        + "AND k.customer_id = ? WHERE t.tenant_id = ? AND (t.archived_at IS NULL OR k.topic IS NOT NULL) "
                        + "ORDER BY t.archived_at IS NOT NULL, t.position, t.code")
                .params(customer.value(), tenant())
                .query((rs, n) -> {
                    String status = rs.getString(4);
                    LocalDateTime at = rs.getObject(5, LocalDateTime.class);
                    return new ConsentState(
                            new ConsentTopic(rs.getString(1), rs.getString(2), rs.getString(3), rs.getBoolean(8)),
                            status == null ? null : ConsentStatus.valueOf(status),
                            at == null ? null : at.toInstant(ZoneOffset.UTC),
                            rs.getString(6),
                            rs.getString(7));
                })
                .list();
    }

    /**
     * The customer changed one topic on a page of their own. Agreeing again also undoes their own earlier "no mails at
     * all"; a bounce, a complaint or what staff decided stays.
     */
    @Transactional
    public void changeByCustomer(CustomerId customer, String topic, boolean granted, Evidence evidence) {
        Optional<EmailAddress> address = requireAddress(customer);
        change(customer, topic, granted ? ConsentStatus.GRANTED : ConsentStatus.WITHDRAWN, evidence);
        if (granted) {
            address.ifPresent(suppressions::returned);
        }
    }

    /** The customer wants no more mails: every topic is withdrawn and the address suppressed. Repeating it is harmless. */
    @Transactional
    public void unsubscribeAll(CustomerId customer, Evidence evidence) {
        Optional<EmailAddress> address = requireAddress(customer);
        topics.all().forEach(topic -> change(customer, topic.code(), ConsentStatus.WITHDRAWN, evidence));
        address.ifPresent(email -> suppressions.put(email, SuppressionReason.UNSUBSCRIBED, evidence.source()));
    }

    private void change(CustomerId customer, String topic, ConsentStatus status, Evidence evidence) {
        requireAddress(customer);
        topics.require(topic);
        if (status.name().equals(statusOf(customer, topic))) {
            return;
        }
        LocalDateTime now = LocalDateTime.ofInstant(Instant.now(Clock.systemUTC()), ZoneOffset.UTC);
        jdbc.sql("INSERT INTO consent (tenant_id, customer_id, topic, status, at, source, wording) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE status = VALUES(status), at = VALUES(at), "
                        + "source = VALUES(source), wording = VALUES(wording)")
                .params(tenant(), customer.value(), topic, status.name(), now, evidence.source())
                .param(evidence.wording())
                .update();
        jdbc.sql("INSERT INTO consent_change (tenant_id, id, customer_id, topic, status, at, source, wording) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(tenant(), TimeOrderedIds.next(), customer.value(), topic, status.name(), now, evidence.source())
                .param(evidence.wording())
                .update();
        changes.note(CurrentTenant.require(), Set.of(CustomerAspect.CONSENT), List.of(customer.value()));
        tell(List.of(customer.value()), topic, status);
    }

    private void tell(List<Long> customers, String topic, ConsentStatus status) {
        happenings.tellOf(
                CurrentTenant.require(),
                EventType.CONSENT_CHANGED,
                customers,
                ids -> new EventData.Consent(ids, topic, status.name()));
    }

    private @Nullable String statusOf(CustomerId customer, String topic) {
        return jdbc.sql("SELECT status FROM consent WHERE tenant_id = ? AND customer_id = ? AND topic = ?")
                .params(tenant(), customer.value(), topic)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private Optional<EmailAddress> requireAddress(CustomerId customer) {
        return jdbc.sql("SELECT COALESCE(email, '') FROM customer WHERE tenant_id = ? AND id = ? AND erased_at IS NULL")
                .params(tenant(), customer.value())
                .query((rs, n) -> EmailAddress.parse(rs.getString(1)))
                .optional()
                .orElseThrow(() -> new CustomerNotFound(customer));
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
