package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A copy of one person's data: complete, described, in the person's own language, and nobody else's. */
@IntegrationTest
@TenantSql("Asks the database which columns there are.")
class PersonExportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    PersonExport export;

    @Autowired
    PersonalTables tables;

    @Autowired
    CustomerImports imports;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void theSamePersonIsACustomerOfTwoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        shop(acme, "cs", "Coffee", "Brew");
        shop(globex, "vi", "Secret", "Hidden");
    }

    private void shop(TenantId tenant, String language, String product, String tag) {
        TestTenants.asOwner(tenant, () -> {
            definitions.define("shoe_size", "Size at " + product, AttributeType.NUMBER, List.of());
            imports.importCustomers(
                    text(
                            "id,email,first name,country,language,tags,newsletter,birthday,shoe size",
                            "A1,ada@x.example,<b>Ada</b>,CZ," + language + "," + tag + ",yes,1990-02-28,38.5",
                            "B1,bob@x.example,Bob,CZ,," + "others" + ",yes,,"),
                    ImportMapping.guess(
                                    ImportKind.CUSTOMERS,
                                    List.of(
                                            "id",
                                            "email",
                                            "first name",
                                            "country",
                                            "language",
                                            "tags",
                                            "newsletter",
                                            "birthday"))
                            .with("shoe_size", 8),
                    ImportOptions.of("people.csv", CsvFormat.STANDARD));
            imports.importOrders(
                    text("order id,date,customer,amount,product", "O1,2026-03-29,A1,1234.5," + product),
                    ImportMapping.guess(
                            ImportKind.ORDERS, List.of("order id", "date", "customer", "amount", "product")),
                    ImportOptions.of("orders.csv", CsvFormat.STANDARD));
        });
    }

    @Test
    void theFileFitsTheSchemaItCarries() throws IOException {
        String json = TestTenants.asOwner(acme, () -> export.json(ada(acme)));
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        JsonNode read = JSON.readTree(json);
        assertThat(read.get("schema")).isEqualTo(JSON.readTree(schemaText()));
        assertThat(read.at("/data/customer_number/0/value").decimalValue()).isEqualByComparingTo("38.5");
        assertThat(read.at("/data/consent/0/topic_name").asString()).isNotEmpty();
        assertThat(json)
                .contains("Coffee", "Brew", "ada@x.example")
                .doesNotContain("Secret", "Hidden", "bob@x.example", "others");
    }

    /** Who adds a table or a column about people describes it. */
    @Test
    void everyColumnAboutAPersonIsDescribed() throws IOException {
        JsonNode described = JSON.readTree(schemaText()).at("/properties/data/properties");
        Set<String> told = Set.of("customer_text", "customer_number", "customer_date", "customer_choice");
        for (String table : Stream.concat(
                        Stream.of("customer"), tables.all().stream().map(PersonalTable::name))
                .toList()) {
            assertThat(described.has(table)).as(table).isTrue();
            if (!told.contains(table)) {
                List<String> columns = jdbc.queryForList(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() "
                                + "AND table_name = ? AND column_name <> 'tenant_id' AND data_type NOT LIKE '%binary'",
                        String.class, table);
                assertThat(described.at("/" + table + "/items/properties").propertyNames())
                        .as(table)
                        .containsAll(columns);
            }
        }
    }

    @Test
    void thePageIsInThePersonsLanguage() {
        String czech = TestTenants.asOwner(acme, () -> export.page(ada(acme)).replace('\u00a0', ' '));
        assertThat(czech)
                .contains("<html lang=\"cs\">", "Objednávky", "28. února 1990", "Česko", "souhlas", "Size at Coffee")
                .contains("1 234,50", "38,5", "&lt;b&gt;Ada")
                .doesNotContain("<b>Ada", "Secret", "Hidden", "bob@x.example", "GRANTED", "customer_id");
        String vietnamese = TestTenants.asOwner(globex, () -> export.page(ada(globex)));
        assertThat(vietnamese)
                .contains("<html lang=\"vi\">", "Đơn hàng", "đồng ý", "Secret")
                .doesNotContain("Coffee");
    }

    @Test
    void eachLanguageHasAllWordsAndEachTableATitle() throws IOException {
        Set<String> english = words("");
        for (String language : CustomerTongues.WRITTEN) {
            if (!language.equals("en")) {
                assertThat(words("_" + language)).as(language).isEqualTo(english);
            }
        }
        assertThat(tables.all().stream()
                        .map(PersonalTable::name)
                        .filter(table -> !english.contains("person.table." + table)))
                .as("of no use to a person")
                .containsExactlyInAnyOrder("customer_match_key", "count_basis", "api_request", "webhook_event");
    }

    @Test
    void theAuditLogKnowsWhoTookACopy() {
        TestTenants.asOwner(acme, () -> {
            export.page(ada(acme));
            export.json(ada(acme));
        });
        assertThat(data.rows(acme, "audit_entry"))
                .filteredOn(row -> "customers.deed.copied".equals(row.get("deed")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("subject_id", ada(acme).toString())
                        .containsEntry("subject_name", null));
        assertThat(data.rows(globex, "audit_entry"))
                .filteredOn(row -> "customers.deed.copied".equals(row.get("deed")))
                .isEmpty();
    }

    private CustomerId ada(TenantId tenant) {
        return data.id(tenant, "A1");
    }

    private static Set<String> words(String language) throws IOException {
        Properties words = new Properties();
        try (InputStream in = PersonExportTest.class.getResourceAsStream("/i18n/person" + language + ".properties")) {
            words.load(Objects.requireNonNull(in));
        }
        return words.stringPropertyNames().stream().collect(Collectors.toSet());
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText());
    }

    private static String schemaText() throws IOException {
        try (InputStream in = PersonExport.class.getResourceAsStream("/schema/person.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
