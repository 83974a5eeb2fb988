package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Workbooks of Excel and of what imitates it, good and bad. */
@IntegrationTest
class WorkbookImportTest {

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void freshBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void datesNumbersFormulasAndTextsAreReadAsWhatTheyAre() throws Exception {
        byte[] book = new TestWorkbook()
                .formats("d\\.m\\.yyyy", "[$-405]d/m/yy\\ h:mm;@", "0.00&quot; den&quot;", "[h]:mm")
                .sharedStrings(
                        "<t>order id</t>",
                        "<t>date</t>",
                        "<t>email</t>",
                        "<t>amount</t>",
                        "<t>product</t>",
                        "<r><t>Nguyễn </t></r><r><t xml:space=\"preserve\">Thị Hoa</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh>")
                .sheet("Orders", """
                        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>\
                        <c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>
                        <row r="2"/>
                        <row r="5"><c r="A5"><v>4.20123456789E11</v></c><c r="B5" s="1"><v>46110</v></c>\
                        <c r="C5" t="inlineStr"><is><t>ada@example.com</t></is></c>\
                        <c r="D5" s="3"><f>SUM(1,2)</f><v>29.329999999999998</v></c><c r="E5" t="s"><v>5</v></c></row>
                        <row r="6"><c r="A6" t="str"><f>"B"&amp;1</f><v>B1</v></c><c r="B6" s="2"><v>46110.5208333333</v></c>\
                        <c r="C6" t="inlineStr"><is><t>bob@example.com</t></is></c><c r="D6"><v>1234</v></c></row>
                        <row r="7"><c r="A7" t="e"><v>#N/A</v></c><c r="B7" s="2"><v>46110.5</v></c>\
                        <c r="C7" t="inlineStr"><is><t>bob@example.com</t></is></c><c r="D7"><v>1</v></c></row>
                        """)
                .bytes();
        CsvInspection seen = inspect(book);
        assertThat(seen.kind()).isEqualTo(FileKind.WORKBOOK);
        assertThat(seen.parts()).containsExactly("Orders");
        assertThat(seen.guessKind()).isEqualTo(ImportKind.ORDERS);
        for (CsvFormat.Decimal decimal : CsvFormat.Decimal.values()) { // numbers are numbers, whatever texts are like
            TenantId tenant = tenants.fresh("Acme " + decimal);
            ImportResult result = importOrders(tenant, book, seen.format().withDecimal(decimal));
            assertThat(result.counts()).isEqualTo(new ImportCounts(3, 2, 0, 0, 1, 2));
            assertThat(result.firstRejected().getFirst())
                    .satisfies(r -> assertThat(r.line()).isEqualTo(7))
                    .satisfies(r -> assertThat(r.reason()).contains("#N/A"));
            assertThat((BigDecimal) data.order(tenant, "420123456789").get("net_value"))
                    .isEqualByComparingTo("29.33");
            assertThat((BigDecimal) data.order(tenant, "B1").get("net_value")).isEqualByComparingTo("1234");
            assertThat(data.order(tenant, "B1").get("ordered_on")).hasToString("2026-03-29");
            assertThat(data.rows(tenant, "order_line"))
                    .anySatisfy(line -> assertThat(line).containsEntry("product", "Nguyễn Thị Hoa"));
        }
    }

    @Test
    void daysCountedFrom1904AreTheSameDays() throws Exception {
        String rows =
                "<row><c t=\"inlineStr\"><is><t>email</t></is></c><c t=\"inlineStr\"><is><t>birthday</t></is></c></row>"
                        + "<row><c t=\"inlineStr\"><is><t>ada@example.com</t></is></c><c s=\"1\"><v>%d</v></c></row>";
        byte[] from1900 = new TestWorkbook()
                .formats("yyyy-mm-dd")
                .sheet("A", rows.formatted(29_280))
                .bytes();
        byte[] from1904 = new TestWorkbook()
                .formats("yyyy-mm-dd")
                .countingFrom1904()
                .sheet("A", rows.formatted(29_280 - 1_462))
                .bytes();
        assertThat(inspect(from1900).rows())
                .isEqualTo(inspect(from1904).rows())
                .isEqualTo(List.of(List.of("ada@example.com", "1980-02-29")));
    }

    @Test
    void theFirstSheetWithRowsIsReadOrTheChosenOne() throws Exception {
        byte[] book = new TestWorkbook()
                .sheet("Empty", "")
                .texts("People", new String[] {"email", "city"}, new String[] {"ada@example.com", "Brno"})
                .texts("../../old", new String[] {"email"}, new String[] {"bob@example.com"})
                .bytes();
        CsvInspection seen = inspect(book);
        assertThat(seen.parts()).containsExactly("Empty", "People", "../../old");
        assertThat(seen.format().part()).isEqualTo("People");
        CsvInspection other = inspect(book, seen.format().withPart("../../old"));
        assertThat(other.rows()).containsExactly(List.of("bob@example.com"));
        assertThat(importCustomers(book, other.format()).counts().created()).isEqualTo(1);
        assertThat(data.count(acme, "customer")).isEqualTo(1);
        assertThat(data.count(globex, "customer")).isZero();
    }

    @Test
    void mergedBlankAndSparseCellsLeaveTheOthersInTheirColumns() throws Exception {
        byte[] book = new TestWorkbook().sheet("A", """
                        <row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="C1" t="inlineStr"><is><t>city</t></is></c>\
                        <c r="D1" t="inlineStr"><is><t>email</t></is></c></row>
                        <row r="2"><c r="A2" t="inlineStr"><is><t>A1</t></is></c><c r="B2"/><c r="C2" t="inlineStr"><is><t>Brno</t></is></c></row>
                        <row r="3"><c r="A3" s="9"/></row>
                        <row r="9"><c r="A9" t="inlineStr"><is><t>A2</t></is></c></row>
                        <mergeCells><mergeCell ref="C2:C9"/></mergeCells>
                        """).bytes();
        CsvInspection seen = inspect(book);
        assertThat(seen.header()).containsExactly("id", "2", "city", "email");
        assertThat(importCustomers(book, seen.format()).counts()).isEqualTo(new ImportCounts(2, 2, 0, 0, 0, 0));
        assertThat(data.customer(acme, "A1")).containsEntry("city", "Brno");
    }

    @Test
    void contentCountsAndNotTheName() throws Exception {
        byte[] book = new TestWorkbook()
                .texts("A", new String[] {"email"}, new String[] {"ada@example.com"})
                .bytes();
        Path csv = Files.write(folder.resolve("people.csv"), book);
        assertThat(TestTenants.asOwner(acme, () -> imports.inspect(csv)).kind()).isEqualTo(FileKind.WORKBOOK);
        Path xlsx = Files.writeString(folder.resolve("people.xlsx"), "email;city\nada@example.com;Brno\n");
        CsvInspection text = TestTenants.asOwner(acme, () -> imports.inspect(xlsx));
        assertThat(text.kind()).isEqualTo(FileKind.TEXT);
        assertThat(text.format().separator()).isEqualTo(CsvFormat.Separator.SEMICOLON);
    }

    @Test
    void manyTextsAreReadWithLittleMemoryAndStayInOrder() throws Exception {
        int rows = 60_000; // texts of 24 MB, of which 16 stay in memory
        StringBuilder xml = new StringBuilder(
                "<row><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>city</t></is></c></row>");
        String[] items = new String[rows];
        for (int i = 0; i < rows; i++) {
            items[i] = "<t>x" + i + "y" + "ž".repeat(300) + "</t>";
            xml.append("<row><c><v>")
                    .append(i)
                    .append("</v></c><c t=\"s\"><v>")
                    .append(rows - 1 - i)
                    .append("</v></c></row>");
        }
        Path file = Files.write(
                folder.resolve("book"),
                new TestWorkbook()
                        .sharedStrings(items)
                        .sheet("A", xml.toString())
                        .bytes());
        try (io.perennial.customers.imports.RowReader reader = io.perennial.customers.imports.RowSource.of(
                        file, CsvFormat.STANDARD)
                .open()) {
            reader.next();
            for (int i = 0; i < rows; i++) {
                io.perennial.customers.imports.RawRow row = reader.next();
                assertThat(row).isNotNull();
                assertThat(row.cell(1)).startsWith("x" + (rows - 1 - i) + "y").hasSizeGreaterThan(300);
            }
            assertThat(reader.next()).isNull();
            assertThat(reader.position()).isBetween(Files.size(file) * 9 / 10, Files.size(file));
        }
    }

    @Test
    void damagedHostileAndForeignOnesAreRefusedInWords() throws Exception {
        byte[] good = new TestWorkbook()
                .texts("A", new String[] {"email"}, new String[] {"ada@example.com"})
                .bytes();
        refused(java.util.Arrays.copyOf(good, good.length / 2), "damaged");
        refused(new byte[] {'P', 'K', 3, 4, 0, 0}, "damaged");
        refused(new TestWorkbook().sheet("A", "<row><c><v>1</c></row>").bytes(), "damaged");
        refused(
                new TestWorkbook()
                        .sheet("A", "<row><c t=\"s\"><v>none</v></c></row>")
                        .bytes(),
                "damaged");
        refused(new TestWorkbook().sheet("A", "").bytes(), "empty");
        refused(parts("xl/workbook.bin"), "older or binary");
        refused(parts("mimetype", "content.xml"), "LibreOffice");
        refused(parts("[Content_Types].xml", "word/document.xml"), "neither a text file");
        refused("%PDF-1.7\n%âãÏÓ".getBytes(StandardCharsets.ISO_8859_1), "PDF");
        refused("<html><body><table><tr><td>email</td></tr></table>".getBytes(StandardCharsets.UTF_8), "web page");
        byte[] ole = new byte[4096];
        System.arraycopy(
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1},
                0,
                ole,
                0,
                8);
        refused(ole, "(.xls");
        byte[] locked = ole.clone();
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, locked, 1024, name.length);
        refused(locked, "password");
    }

    @Test
    void entitiesAndEndlessTagsDoNotFillTheMemory() throws Exception {
        String laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", "<Types/>");
        parts.put("xl/workbook.xml", laughs + "<workbook><sheets><sheet name=\"&b;\"/></sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", "<Relationships/>");
        refused(TestWorkbook.zip(parts), "damaged");
        refused(
                new TestWorkbook()
                        .sheet("A", "<row><c r=\"" + "A".repeat(9 << 20) + "\"/></row>")
                        .bytes(),
                "damaged");
        refused(new TestWorkbook().sheet("A", " ".repeat(80 << 20)).bytes(), "unpacks to far more");
    }

    @Test
    void ofAHugeCellABoundedPartIsRead() throws Exception {
        byte[] book = new TestWorkbook()
                .texts("A", new String[] {"id", "city"}, new String[] {"A1", "x".repeat(1_000_000)}, new String[] {
                    "A2", "Brno"
                })
                .bytes();
        ImportResult result = importCustomers(book, inspect(book).format());
        assertThat(result.counts()).isEqualTo(new ImportCounts(2, 1, 0, 0, 1, 0));
        assertThat(result.firstRejected().getFirst().cells().get(1)).hasSizeLessThan(300);
    }

    private static byte[] parts(String... names) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String name : names) {
            parts.put(name, "<x/>");
        }
        return TestWorkbook.zip(parts);
    }

    private void refused(byte[] bytes, String why) {
        assertThatExceptionOfType(ImportRefused.class)
                .as(why)
                .isThrownBy(() -> inspect(bytes))
                .withMessageContaining(why);
    }

    private CsvInspection inspect(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        return TestTenants.asOwner(acme, () -> imports.inspect(file));
    }

    private CsvInspection inspect(byte[] bytes, CsvFormat format) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        return TestTenants.asOwner(acme, () -> imports.inspectPart(file, format));
    }

    private ImportResult importCustomers(byte[] bytes, CsvFormat format) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        return TestTenants.asOwner(
                acme,
                () -> imports.importCustomers(
                        file,
                        imports.inspect(file, format).guess(ImportKind.CUSTOMERS),
                        ImportOptions.of("book.xlsx", format)));
    }

    private ImportResult importOrders(TenantId tenant, byte[] bytes, CsvFormat format) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        return TestTenants.asOwner(
                tenant,
                () -> imports.importOrders(
                        file,
                        imports.inspect(file, format).guess(ImportKind.ORDERS),
                        ImportOptions.of("book.xlsx", format).creatingMissingCustomers()));
    }
}
