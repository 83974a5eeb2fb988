package io.perennial.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.content.Templates;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the database itself refuses, whatever the code above it does: generated from its own catalogue, so that a new
 * table is judged without anybody listing it.
 */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class SchemaIsolationTest {

    /** Unique keys that do not begin with the tenant, and why. */
    private static final Map<String, String> UNIQUE_OVER_ALL =
            Map.of("tenant_number.uk_tenant_number", "the number that stands for the business in links");

    /** Columns that name another row without a foreign key, and why. */
    private static final Map<String, String> BY_NAME_ONLY = new TreeMap<>(Map.ofEntries(
            Map.entry("api_request.customer_id", "an answer that is kept for a day; dropped when they are erased"),
            Map.entry("audit_entry.actor_id", "says who it was, also when they are gone"),
            Map.entry(
                    "audit_entry.visit_id", "of an operator; the reason stands beside it and outlives the visit's row"),
            Map.entry("campaign.run_id", "read with the tenant only"),
            Map.entry("campaign.origin_reference", "of a promotion, by the kind beside it; read with the tenant only"),
            Map.entry("campaign_content.template_id", "where the text came from; the text itself is kept"),
            Map.entry("consent_request.customer_id", "a request outlives the erased"),
            Map.entry("count_basis.customer_id", "a copy made from the business's own customers"),
            Map.entry("customer_merge.merged_id", "that customer is gone"),
            Map.entry("customer_merge.survivor_id", "proof of the merge, also when they are erased"),
            Map.entry("delivery_claim.first_id", "where a range of messages begins"),
            Map.entry("delivery_claim.last_id", "where a range of messages ends"),
            Map.entry("delivery_cursor.first_id", "where a range of messages begins"),
            Map.entry("delivery_cursor.last_id", "where a range of messages ends"),
            Map.entry("delivery_run.reference", "of a campaign, by the composer beside it; read with the tenant only"),
            Map.entry("erased_key.erasure_id", "proof of an erasure"),
            Map.entry("erasure.customer_id", "proof of an erasure"),
            Map.entry("import_kept.record_id", "of a customer, an order or a line, by the column beside it"),
            Map.entry(
                    "message.customer_id",
                    "proof of what was sent, also to the erased; a key there costs a look-up a mail"),
            Map.entry("message_event.customer_id", "as in message"),
            Map.entry("message_event.run_id", "as in message, whose key it follows"),
            Map.entry("message_return.customer_id", "as in message"),
            Map.entry("message_return.run_id", "as in message, whose key it follows"),
            Map.entry("operator_visit.account_id", "says who it was, also when they are gone"),
            Map.entry(
                    "order_line.article_id",
                    "computed from the line's own texts; a key would cost each line a look-up"),
            Map.entry("order_line.customer_id", "the order's, beside the key to the order"),
            Map.entry("promotion.announce_campaign", "read with the tenant only; one that is gone counts as none"),
            Map.entry("promotion.follows", "of last year's, which may be deleted"),
            Map.entry("promotion.thank_campaign", "as announce_campaign"),
            Map.entry("segment_listed.customer_id", "as in segment_member"),
            Map.entry("segment_listed.segment_id", "as in segment_member"),
            Map.entry(
                    "segment_member.customer_id",
                    "made from the business's own customers by statements that join them"),
            Map.entry("segment_member.segment_id", "a million rows at once: written by the upkeep of one segment"),
            Map.entry("segment_move.customer_id", "as in segment_member"),
            Map.entry("segment_move.segment_id", "as in segment_member"),
            Map.entry("suppression_change.customer_id", "proof of a suppression, also of the erased"),
            Map.entry(
                    "webhook_delivery.endpoint_id",
                    "read with the tenant only; a key would have changes wait for whoever serves the endpoint"),
            Map.entry("webhook_event.customer_id", "deleted with them; a key costs a look-up an event")));

    @Autowired
    ApplicationContext application;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Templates templates;

    private TwoShops shops;
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        shops = application.getAutowireCapableBeanFactory().createBean(TwoShops.class);
        acme = shops.open("acmeknown", "acmesecret");
        globex = shops.open("globexknown", "globexsecret");
    }

    @Test
    void everyKeyOfATenantsTableBeginsWithTheTenant() {
        List<String> others = jdbc.query(
                "SELECT s.table_name, s.index_name FROM information_schema.statistics s "
                        + "WHERE s.table_schema = DATABASE() AND s.non_unique = 0 AND s.seq_in_index = 1 "
                        + "AND s.column_name <> 'tenant_id' AND EXISTS (SELECT 1 FROM information_schema.columns c "
                        + "WHERE c.table_schema = s.table_schema AND c.table_name = s.table_name "
                        + "AND c.column_name = 'tenant_id')",
                (rs, row) -> rs.getString(1) + '.' + rs.getString(2));
        assertThat(new TreeSet<>(others)).isEqualTo(new TreeSet<>(UNIQUE_OVER_ALL.keySet()));
    }

    @Test
    void everyReferenceIsAForeignKeyOrListedWithItsReason() {
        List<String> loose = jdbc.query(
                "SELECT c.table_name, c.column_name FROM information_schema.columns c "
                        + "WHERE c.table_schema = DATABASE() AND c.data_type = 'bigint' "
                        // However it is called: these are the words for what points elsewhere.
                        + "AND c.column_name REGEXP '(_id|template|campaign|promotion|segment|run|reference|follows)$' "
                        + "AND c.column_name <> 'tenant_id' AND EXISTS (SELECT 1 FROM information_schema.columns t "
                        + "WHERE t.table_schema = c.table_schema AND t.table_name = c.table_name "
                        + "AND t.column_name = 'tenant_id') AND NOT EXISTS (SELECT 1 FROM "
                        + "information_schema.key_column_usage k WHERE k.table_schema = c.table_schema "
                        + "AND k.table_name = c.table_name AND k.column_name = c.column_name "
                        + "AND k.referenced_table_name IS NOT NULL)",
                (rs, row) -> rs.getString(1) + '.' + rs.getString(2));
        assertThat(new TreeSet<>(loose)).isEqualTo(new TreeSet<>(BY_NAME_ONLY.keySet()));
    }

    /** Case 33. Each foreign key is tried with a row of one business and an id that only the other one has. */
    @Test
    void noRowCanPointIntoAnotherBusiness() {
        List<Reference> references = references();
        List<String> accepted = new ArrayList<>();
        int tried = 0;
        for (Reference reference : references) {
            Object foreign = foreignValue(reference);
            if (foreign == null || rows(reference, acme) == 0) {
                continue;
            }
            tried++;
            try {
                // One row only: two with the same foreign id could fail by a unique key instead.
                jdbc.update(
                        "UPDATE " + reference.table + " SET `" + reference.column + "` = ? WHERE tenant_id = ? LIMIT 1",
                        foreign,
                        acme.value());
                accepted.add(reference.toString());
            } catch (DataIntegrityViolationException refused) {
                assertThat(refused).hasMessageContaining("foreign key constraint");
            }
        }
        assertThat(accepted).isEmpty();
        System.out.printf("Isolation: %d of %d foreign keys tried%n", tried, references.size());
        assertThat(tried).as("foreign keys that could be tried with rows").isGreaterThan(8);
        assertThat(references)
                .allSatisfy(reference -> assertThat(reference.withTenant)
                        .as("%s names the tenant on both sides", reference)
                        .isTrue());
    }

    /** Case 35, through the services, the sessions of Hibernate and the connections of the pool. */
    @Test
    void businessesAlternateOnPooledThreadsWithoutCrossover() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> turns = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                boolean first = i % 2 == 0;
                turns.add(threads.submit(() -> TestTenants.asOwner(
                        first ? acme : globex,
                        () -> assertThat(Leaks.textOf(templates.list()))
                                .contains(first ? "acmesecret" : "globexsecret")
                                .doesNotContain(first ? "globexsecret" : "acmesecret"))));
            }
            for (Future<?> turn : turns) {
                turn.get();
            }
        }
    }

    /** Case 34. */
    @Test
    void withoutABusinessNothingIsRead() {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(templates::list);
    }

    private List<Reference> references() {
        return jdbc.query(
                "SELECT k.table_name, k.constraint_name, MAX(CASE WHEN k.column_name <> 'tenant_id' THEN k.column_name END), "
                        + "k.referenced_table_name, "
                        + "MAX(CASE WHEN k.column_name <> 'tenant_id' THEN k.referenced_column_name END), "
                        + "SUM(k.column_name = 'tenant_id' AND k.referenced_column_name = 'tenant_id') "
                        + "FROM information_schema.key_column_usage k "
                        + "WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL "
                        + "AND EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = k.table_schema "
                        + "AND c.table_name = k.referenced_table_name AND c.column_name = 'tenant_id') "
                        + "GROUP BY k.table_name, k.constraint_name, k.referenced_table_name",
                (rs, row) -> new Reference(
                        rs.getString(1),
                        rs.getString(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getString(5),
                        rs.getInt(6) == 1));
    }

    /** What the other business has in the column that is pointed at, and this one has not. */
    private @Nullable Object foreignValue(Reference reference) {
        List<Object> values = jdbc.queryForList(
                "SELECT b.`" + reference.target + "` FROM " + reference.of + " b WHERE b.tenant_id = ? AND NOT EXISTS ("
                        + "SELECT 1 FROM " + reference.of + " a WHERE a.tenant_id = ? AND a.`" + reference.target
                        + "` = b.`" + reference.target + "`) LIMIT 1",
                Object.class,
                globex.value(),
                acme.value());
        return values.isEmpty() ? null : values.getFirst();
    }

    private int rows(Reference reference, TenantId tenant) {
        Integer rows = jdbc.queryForObject(
                "SELECT COUNT(*) FROM " + reference.table + " WHERE tenant_id = ? AND `" + reference.column
                        + "` IS NOT NULL",
                Integer.class,
                tenant.value());
        return rows == null ? 0 : rows;
    }

    private record Reference(String table, String name, String column, String of, String target, boolean withTenant) {}
}
