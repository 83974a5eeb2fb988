package io.perennial.customers;

import io.perennial.accounts.Businesses;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.MessageBundles;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What topics are called in each language, and the exact texts of consent with all their versions. */
@Component
@TenantSql("A handful of rows keyed by topic and language.")
class ConsentWordings {

    private final JdbcClient jdbc;
    private final Businesses businesses;

    ConsentWordings(JdbcClient jdbc, Businesses businesses) {
        this.jdbc = jdbc;
        this.businesses = businesses;
    }

    private record Named(String name, @Nullable String description) {}

    private record Worded(String wording, int version) {}

    /** A topic in a language, with what stands in where nothing was written. */
    TopicText text(ConsentTopic topic, String language) {
        Named named = named(language).get(topic.code());
        return text(topic, language, named, worded(language).get(topic.code()));
    }

    /** These topics as customers of a language read them, with the wording of each. */
    Map<String, TopicText> texts(List<ConsentTopic> topics, String language) {
        Map<String, Named> named = named(language);
        Map<String, Worded> worded = worded(language);
        Map<String, TopicText> texts = new HashMap<>();
        topics.forEach(topic ->
                texts.put(topic.code(), text(topic, language, named.get(topic.code()), worded.get(topic.code()))));
        return texts;
    }

    private TopicText text(ConsentTopic topic, String language, @Nullable Named named, @Nullable Worded worded) {
        String name = named == null ? topic.name() : named.name();
        return new TopicText(
                language,
                named == null ? null : named.name(),
                named == null ? null : named.description(),
                worded == null
                        ? MessageBundles.text(
                                "consent.wording",
                                Locale.of(language),
                                businesses.current().name(),
                                name)
                        : worded.wording(),
                worded == null ? 0 : worded.version());
    }

    void name(String topic, String language, @Nullable String name, @Nullable String description) {
        if (name == null || name.isBlank()) {
            jdbc.sql("DELETE FROM consent_topic_text WHERE tenant_id = ? AND topic = ? AND language = ?")
                    .params(tenant(), topic, language)
                    .update();
            return;
        }
        jdbc.sql(
                        "INSERT INTO consent_topic_text (tenant_id, topic, language, name, description) VALUES (?, ?, ?, ?, ?) "
                                + "ON DUPLICATE KEY UPDATE name = VALUES(name), description = VALUES(description)")
                .params(tenant(), topic, language, name)
                .param(description)
                .update();
    }

    /** Keeps a new version, unless it says what the last one says. */
    void write(String topic, String language, String wording, String by) {
        jdbc.sql("INSERT INTO consent_wording (tenant_id, topic, language, version, wording, since, by_name) "
                        + "SELECT ?, ?, ?, COALESCE(MAX(version), 0) + 1, ?, ?, ? FROM consent_wording "
                        + "WHERE tenant_id = ? AND topic = ? AND language = ?")
                .params(tenant(), topic, language, wording, LocalDateTime.now(Clock.systemUTC()), by)
                .params(tenant(), topic, language)
                .update();
    }

    List<WordingVersion> history(String topic) {
        return jdbc.sql("SELECT language, version, wording, since, by_name FROM consent_wording "
                        + "WHERE tenant_id = ? AND topic = ? ORDER BY language, version DESC LIMIT 200")
                .params(tenant(), topic)
                .query((rs, n) -> new WordingVersion(
                        rs.getString(1),
                        rs.getInt(2),
                        rs.getString(3),
                        rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getString(5)))
                .list();
    }

    private Map<String, Named> named(String language) {
        Map<String, Named> named = new HashMap<>();
        jdbc.sql("SELECT topic, name, description FROM consent_topic_text WHERE tenant_id = ? AND language = ?")
                .params(tenant(), language)
                .query(rs -> {
                    named.put(rs.getString(1), new Named(rs.getString(2), rs.getString(3)));
                });
        return named;
    }

    private Map<String, Worded> worded(String language) {
        Map<String, Worded> worded = new HashMap<>();
        jdbc.sql("SELECT topic, wording, version FROM consent_wording WHERE tenant_id = ? AND language = ? "
                        + "ORDER BY version")
                .params(tenant(), language)
                .query(rs -> {
                    worded.put(rs.getString(1), new Worded(rs.getString(2), rs.getInt(3)));
                });
        return worded;
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
