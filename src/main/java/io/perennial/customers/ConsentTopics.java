package io.perennial.customers;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
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

    List<ConsentTopic> list() {
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
        list();
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

    /**
     * Refuses a code that is no topic of this business.
     *
     * @throws IllegalArgumentException if there is no such topic
     */
    void require(String code) {
        if (list().stream().noneMatch(topic -> topic.code().equals(code))) {
            throw new IllegalArgumentException("No topic " + code);
        }
    }

    private List<ConsentTopic> query() {
        return jdbc.sql("SELECT code, name, description FROM consent_topic WHERE tenant_id = ? ORDER BY position, code")
                .param(tenant())
                .query((rs, n) -> new ConsentTopic(rs.getString(1), rs.getString(2), rs.getString(3)))
                .list();
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
