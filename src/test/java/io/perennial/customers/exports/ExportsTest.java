package io.perennial.customers.exports;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.customers.ConsentService;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.Evidence;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class ExportsTest {

    private static final CustomerSelection ALL = CustomerSelection.of(CustomerQuery.ALL);

    @Autowired
    Exports exports;

    @Autowired
    CustomerImports imports;

    @Autowired
    CustomerTags tags;

    @Autowired
    ConsentService consents;

    @Autowired
    Suppressions suppressions;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    CustomerAttributes attributes;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = withCustomers("Acme", "=1+1");
        globex = withCustomers("Globex", "Theirs");
    }

    @Test
    void customersComeWithFiguresTagsAndAttributesAndNothingRuns() {
        TestTenants.asOwner(acme, () -> {
            attributes.set(
                    data.id(acme, "A1"),
                    attributes.find("balance").orElseThrow().id(),
                    new AttributeValue.Number(new BigDecimal("-12.5")));
            attributes.set(
                    data.id(acme, "A1"),
                    attributes.find("note").orElseThrow().id(),
                    new AttributeValue.Text("@SUM(1+9)*cmd|' /C calc'!A0"));
            tags.replace(data.id(acme, "A1"), List.of("vip", "-gold"));
        });
        String csv = csv(acme, ALL, List.of("balance", "note"), ExportFormat.CSV);
        assertThat(csv).startsWith("\uFEFFcustomer id,email,first name").contains(",tags,Note,Balance");
        assertThat(csv.lines()).hasSize(3);
        assertThat(csv)
                .contains("A1,ada@example.com,'=1+1,")
                .contains("\"'-gold, vip\",'@SUM(1+9)*cmd|' /C calc'!A0,-12.5")
                .doesNotContain("Theirs");
        assertThat(csv(acme, ALL, List.of(), ExportFormat.CSV_SEMICOLON)).contains(";1;100,5;2026-01-01;no");
        assertThat(csv(acme, ALL, List.of(), ExportFormat.CSV_PLAIN)).startsWith("customer id");
    }

    @Test
    void aSelectionAndAQueryOfIdsGiveThoseOnly() {
        long ada = data.id(acme, "A1").value();
        long theirs = data.id(globex, "A1").value();
        assertThat(csv(acme, CustomerSelection.of(List.of(ada, theirs)), List.of(), ExportFormat.CSV)
                        .lines())
                .hasSize(2);
        SqlFragment ids = SqlFragment.of("SELECT x.id FROM customer x WHERE x.tenant_id = ?", globex.value());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestTenants.asOwner(
                acme,
                () -> assertThat(exports.members(ids, List.of(), ExportFormat.CSV, out))
                        .as("another business's ids lead nowhere")
                        .isZero());
    }

    @Test
    void theOtherListsAreWhole() {
        TestTenants.asOwner(acme, () -> {
            consents.grant(data.id(acme, "A1"), "news", new Evidence("phone", "=HYPERLINK(\"x\")"));
            suppressions.suppress(new EmailAddress("bob@example.com"), SuppressionReason.MANUAL, "asked");
        });
        assertThat(csv(acme, ExportKind.ORDERS)).contains("O-1,", ",A1,ada@example.com,PAID,CZK,100.5,100.5,0,");
        assertThat(csv(acme, ExportKind.ORDER_LINES)).contains("Beans");
        assertThat(csv(acme, ExportKind.CONSENTS))
                .contains("A1,ada@example.com,news,GRANTED,")
                .contains("\"'=HYPERLINK(\"\"x\"\")\"");
        assertThat(csv(acme, ExportKind.SUPPRESSIONS)).contains("bob@example.com,MANUAL,asked,");
        assertThat(csv(globex, ExportKind.SUPPRESSIONS).lines()).hasSize(1);
    }

    @Test
    void aWorkbookHoldsTextsAsTextsAndGoesOnInTheNextSheet() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestTenants.asOwner(acme, () -> exports.customers(ALL, List.of("note"), ExportFormat.XLSX, out));
        String sheet = sheets(out).getFirst();
        assertThat(sheet).contains("inlineStr", "=1+1", "ada@example.com").doesNotContain("<f>");
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (XlsxTable table = new XlsxTable(small, 3)) {
            table.row(List.of("number", "text"));
            for (int i = 0; i < 5; i++) {
                table.row(List.of(i, "row\u0001 " + i));
            }
        }
        List<String> three = sheets(small);
        assertThat(three).hasSize(3);
        assertThat(three).allSatisfy(one -> assertThat(one).contains(">number<"));
        assertThat(three.getLast()).contains("row 4").doesNotContain("row 3");
    }

    @Test
    void whoTookWhatIsKept() {
        TestTenants.asOwner(acme, () -> {
            exports.customers(ALL, List.of(), ExportFormat.XLSX, new ByteArrayOutputStream());
            assertThat(exports.latest(5)).singleElement().satisfies(one -> {
                assertThat(one.rows()).isEqualTo(2);
                assertThat(one.by()).isEqualTo("OWNER");
                assertThat(one.finishedAt()).isNotNull();
            });
        });
        TestTenants.asOwner(globex, () -> assertThat(exports.latest(5)).isEmpty());
    }

    @Test
    void onlyWhoMayExports() {
        TestTenants.as(acme, Role.SUPPORT, () -> {
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> exports.customers(ALL, List.of(), ExportFormat.CSV, new ByteArrayOutputStream()));
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> exports.list(ExportKind.ORDERS, ExportFormat.CSV, new ByteArrayOutputStream()));
        });
        assertThat(data.count(acme, "data_export")).isZero();
    }

    @Test
    void theSeparatorFitsTheLanguage() {
        assertThat(ExportFormat.csvFor(Locale.of("cs", "CZ"))).isEqualTo(ExportFormat.CSV_SEMICOLON);
        assertThat(ExportFormat.csvFor(Locale.UK)).isEqualTo(ExportFormat.CSV);
    }

    private String csv(TenantId tenant, CustomerSelection selection, List<String> keys, ExportFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestTenants.asOwner(tenant, () -> exports.customers(selection, keys, format, out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private String csv(TenantId tenant, ExportKind kind) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestTenants.asOwner(tenant, () -> exports.list(kind, ExportFormat.CSV, out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> sheets(ByteArrayOutputStream book) throws IOException {
        Path file = Files.write(folder.resolve("book.xlsx"), book.toByteArray());
        List<String> sheets = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (int i = 1; zip.getEntry("xl/worksheets/sheet" + i + ".xml") != null; i++) {
                sheets.add(new String(
                        zip.getInputStream(zip.getEntry("xl/worksheets/sheet" + i + ".xml"))
                                .readAllBytes(),
                        StandardCharsets.UTF_8));
            }
        }
        return sheets;
    }

    private TenantId withCustomers(String name, String firstName) {
        TenantId tenant = tenants.fresh(name);
        TestTenants.asOwner(tenant, () -> {
            imports.importCustomers(
                    text("id,email,first", "A1,ada@example.com," + firstName, "B1,bob@example.com,Bob"),
                    ImportMapping.none()
                            .with(ImportField.EXTERNAL_ID, 0)
                            .with(ImportField.EMAIL, 1)
                            .with(ImportField.FIRST_NAME, 2),
                    ImportOptions.of("people.csv", CsvFormat.STANDARD));
            imports.importOrders(
                    text("order,date,customer,total,product", "O-1,2026-01-01,A1,100.50,Beans"),
                    ImportMapping.none()
                            .with(ImportField.ORDER_ID, 0)
                            .with(ImportField.ORDERED_AT, 1)
                            .with(ImportField.EXTERNAL_ID, 2)
                            .with(ImportField.ORDER_TOTAL, 3)
                            .with(ImportField.PRODUCT, 4),
                    ImportOptions.of("orders.csv", CsvFormat.STANDARD));
            definitions.define("note", "Note", AttributeType.TEXT, List.of());
            definitions.define("balance", "Balance", AttributeType.NUMBER, List.of());
        });
        return tenant;
    }
}
