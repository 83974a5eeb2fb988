package io.perennial.customers;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The topics of a business. The first look creates the default one, so no business is ever without. */
@Component
@TenantSql("A handful of rows keyed by code.")
class ConsentTopics {

    private final JdbcClient jdbc;

    ConsentTopics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that are offered. */
    List<ConsentTopic> list() {
        return all().stream().filter(topic -> !topic.archived()).toList();
    }

    /** The archived ones too, after the others. */
    List<ConsentTopic> all() {
        List<ConsentTopic> known = query();
        if (known.isEmpty()) {
            // Two at once: the second changes nothing.
            jdbc.sql("INSERT INTO consent_topic (tenant_id, code, name, description, position) VALUES (?, ?, ?, ?, 0) "
                            + "ON DUPLICATE KEY UPDATE position = position")
                    .params(tenant(), ConsentTopic.NEWS, "News and offers", "What is new, and offers for customers")
                    .update();
            known = query();
        }
        return known;
    }

    void save(ConsentTopic topic) {
        all();
        jdbc.sql("INSERT INTO consent_topic (tenant_id, code, name, description, position) "
                        + "SELECT ?, ?, ?, ?, COALESCE(MAX(position), 0) + 1 FROM consent_topic WHERE tenant_id = ? "
                        + "ON DUPLICATE KEY UPDATE name = VALUES(name), description = VALUES(description)")
                .param(tenant())
                .param(topic.code())
                .param(topic.name())
                .param(topic.description())
                .param(tenant())
                .update();
    }

    void archive(String code, boolean archived) {
        jdbc.sql("UPDATE consent_topic SET archived_at = ? WHERE tenant_id = ? AND code = ?")
                .params(Collections.singletonList(archived ? LocalDateTime.now(Clock.systemUTC()) : null))
                .param(tenant())
                .param(code)
                .update();
    }

    /** Numbers the topics in this order; those not named keep their place behind. */
    void order(List<String> codes) {
        for (int i = 0; i < codes.size(); i++) {
            jdbc.sql("UPDATE consent_topic SET position = ? WHERE tenant_id = ? AND code = ?")
                    .params(i, tenant(), codes.get(i))
                    .update();
        }
    }

    /**
     * The topic of this business with a code.
     *
     * @throws IllegalArgumentException if there is no such topic
     */
    ConsentTopic require(String code) {
        return all().stream()
                .filter(topic -> topic.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No topic " + code));
    }

    private List<ConsentTopic> query() {
        return jdbc.sql(
                        "SELECT code, name, description, archived_at IS NOT NULL FROM consent_topic WHERE tenant_id = ? "
                                + "ORDER BY archived_at IS NOT NULL, position, code")
                .param(tenant())
                .query((rs, n) -> new ConsentTopic(rs.getString(1), rs.getString(2), rs.getString(3), rs.getBoolean(4)))
                .list();
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
