package io.perennial.customers.imports;

import io.perennial.customers.ConsentStatus;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads and writes consents by the thousand. */
@Component
@TenantSql("Imports write many rows at once, in multi-row statements; each names its tenant.")
class ConsentStore {

    /** MySQL's range optimiser gives up on much longer lists. */
    private static final int AT_ONCE = 2_000;

    private final JdbcTemplate jdbc;
    private final CustomerChanges noted;

    ConsentStore(JdbcTemplate jdbc, CustomerChanges noted) {
        this.jdbc = jdbc;
        this.noted = noted;
    }

    /** How a customer stands to a topic, since when in UTC. */
    record State(ConsentStatus status, LocalDateTime at) {}

    /** What is to be recorded. */
    record Change(
            long customer,
            String topic,
            ConsentStatus status,
            LocalDateTime at,
            String source,
            @Nullable String wording) {}

    /** The codes of the topics by their codes and names. */
    Map<String, String> topics(TenantId tenant) {
        Map<String, String> topics = new HashMap<>();
        jdbc.query(
                "SELECT code, name FROM consent_topic WHERE tenant_id = ?",
                rs -> {
                    topics.put(topicKey(rs.getString(1)), rs.getString(1));
                    topics.putIfAbsent(topicKey(rs.getString(2)), rs.getString(1));
                },
                tenant.value());
        return topics;
    }

    static String topicKey(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** How these customers stand, by customer and topic with a line break between. */
    Map<String, State> states(TenantId tenant, Collection<Long> customers) {
        Map<String, State> states = new HashMap<>();
        for (List<Long> some : pieces(customers)) {
            jdbc.query(
                    "SELECT customer_id, topic, status, at FROM consent WHERE tenant_id = ? AND customer_id IN "
                            + Sql.list(some),
                    rs -> {
                        states.put(
                                rs.getLong(1) + "\n" + rs.getString(2),
                                new State(
                                        ConsentStatus.valueOf(rs.getString(3)), rs.getObject(4, LocalDateTime.class)));
                    },
                    tenant.value());
        }
        return states;
    }

    /** Which of these addresses are suppressed, and why. */
    Map<String, String> suppressed(TenantId tenant, Collection<String> addresses) {
        Map<String, String> reasons = new HashMap<>();
        for (List<String> some : pieces(addresses)) {
            List<Object> params = new ArrayList<>(List.of(tenant.value()));
            params.addAll(some);
            jdbc.query(
                    "SELECT s.email, s.reason FROM suppression s WHERE s.tenant_id = ? AND s.email IN ("
                            + String.join(",", Collections.nCopies(some.size(), "?")) + ")",
                    rs -> {
                        reasons.put(rs.getString(1), rs.getString(2).toLowerCase(Locale.ROOT));
                    },
                    params.toArray());
        }
        return reasons;
    }

    /** Records decisions with their evidence; of several about the same topic the last one is how things stand. */
    void write(TenantId tenant, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object[]> states = new LinkedHashMap<>();
        List<@Nullable Object[]> evidence = new ArrayList<>();
        long id = TimeOrderedIds.nextBlock(changes.size());
        for (Change c : changes) {
            states.put(c.customer() + "\n" + c.topic(), new @Nullable Object[] {
                tenant.value(), c.customer(), c.topic(), c.status().name(), c.at(), c.source(), c.wording()
            });
            evidence.add(new @Nullable Object[] {
                tenant.value(), id++, c.customer(), c.topic(), c.status().name(), c.at(), c.source(), c.wording()
            });
        }
        Sql.batch(
                jdbc,
                "INSERT INTO consent (tenant_id, customer_id, topic, status, at, source, wording) VALUES (?, ?, ?, ?, ?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE status = VALUES(status), at = VALUES(at), source = VALUES(source), "
                        + "wording = VALUES(wording)",
                new ArrayList<>(states.values()));
        Sql.batch(
                jdbc,
                "INSERT INTO consent_change (tenant_id, id, customer_id, topic, status, at, source, wording) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                evidence);
        noted.note(
                tenant,
                Set.of(CustomerAspect.CONSENT),
                changes.stream().map(Change::customer).collect(Collectors.toSet()));
    }

    static <T> List<List<T>> pieces(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> pieces = new ArrayList<>();
        for (int from = 0; from < list.size(); from += AT_ONCE) {
            pieces.add(list.subList(from, Math.min(list.size(), from + AT_ONCE)));
        }
        return pieces;
    }
}
