package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.perennial.customers.imports.RowReader;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Files that are not as they should be: each gets a clear answer, and what is good in them is kept. */
@IntegrationTest
class BadFileTest {

    private static final ImportMapping MAPPING =
            ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.CITY, 1);

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @TempDir
    Path folder;

    private TenantId acme;

    @BeforeEach
    void freshBusiness() {
        acme = tenants.fresh("Acme");
    }

    @Test
    void aWrongSeparatorIsSaidRowByRow() {
        ImportResult result = run("id;city\nA1;Brno\nA2;Praha\n", CsvFormat.STANDARD);
        assertThat(result.counts().rejected()).isEqualTo(2);
        assertThat(result.firstRejected().getFirst().reason())
                .contains("1 column")
                .contains("separator");
    }

    @Test
    void aWrongEncodingIsSaidRowByRowAndGuessedRight() throws Exception {
        byte[] bytes = "id;city\nA1;Brno\nA2;Plzeň\nA3;Ústí nad Labem\n".getBytes(Charset.forName("windows-1250"));
        CsvFormat wrong = CsvFormat.STANDARD.withSeparator(CsvFormat.Separator.SEMICOLON);
        ImportResult result = run(bytes, wrong);
        assertThat(result.counts()).isEqualTo(new ImportCounts(3, 1, 0, 0, 2, 0));
        assertThat(result.firstRejected().getFirst().reason()).contains("UTF-8");

        CsvFormat guessed = inspect(bytes).format();
        assertThat(guessed.charset()).isEqualTo(Charset.forName("windows-1250"));
        assertThat(run(bytes, guessed).counts().rejected()).isZero();
        assertThat(data.customer(acme, "A2")).containsEntry("city", "Plzeň");
    }

    @Test
    void aByteOrderMarkDecidesTheEncoding() throws Exception {
        byte[] utf16 = "\uFEFFid,city\nA1,Łódź\n".getBytes(StandardCharsets.UTF_16LE);
        assertThat(run(utf16, inspect(utf16).format()).counts().created()).isEqualTo(1);
        byte[] utf8 = "\uFEFFid,city\nA2,Łódź\n".getBytes(StandardCharsets.UTF_8);
        assertThat(inspect(utf8).header()).first().isEqualTo("id");
        run(utf8, inspect(utf8).format());
        assertThat(data.customer(acme, "A1")).containsEntry("city", "Łódź");
        assertThat(data.customer(acme, "A2")).containsEntry("city", "Łódź");
    }

    @Test
    void ofTwoHundredAndFiftyColumnsTheFirstTwoHundredAreRead() throws Exception {
        String header =
                "id,city," + IntStream.range(0, 248).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = "A1,Brno," + IntStream.range(0, 248).mapToObj(i -> "x").collect(Collectors.joining(","));
        byte[] bytes = (header + "\n" + row + "\n").getBytes(StandardCharsets.UTF_8);
        CsvInspection seen = inspect(bytes);
        assertThat(seen.tooWide()).isTrue();
        assertThat(seen.header()).hasSize(200);
        assertThat(run(bytes, seen.format()).counts().created()).isEqualTo(1);
    }

    @Test
    void aLineOfFiveMegabytesIsOneRejectedRow() {
        String monster = "A2," + "x".repeat(5 << 20);
        ImportResult result = run("id,city\nA1,Brno\n" + monster + "\nA3,Praha\n", CsvFormat.STANDARD);
        assertThat(result.counts()).isEqualTo(new ImportCounts(3, 2, 0, 0, 1, 0));
        assertThat(result.firstRejected().getFirst().reason()).contains("5,242,880");
        assertThat(result.firstRejected().getFirst().cells().get(1)).hasSizeLessThan(300);
    }

    @Test
    void aLineOfFiveMegabytesWithoutSeparatorsIsOneRejectedRowToo() {
        CsvFormat spaces = CsvFormat.STANDARD.withSeparator(CsvFormat.Separator.WHITESPACE);
        ImportResult result = run("id city\nA1 Brno\nA2 " + "x".repeat(5 << 20) + "\nA3 Praha\n", spaces);
        assertThat(result.counts()).isEqualTo(new ImportCounts(3, 2, 0, 0, 1, 0));
    }

    @Test
    void aMillionSeparatorsInOneLineAreSurvived() {
        ImportResult result =
                run("id,city\nA1,Brno\nA2,Praha" + ",".repeat(1_000_000) + "\nA3,Plzen\n", CsvFormat.STANDARD);
        assertThat(result.counts().created()).isEqualTo(3);
    }

    @Test
    void aQuoteNeverClosedCostsItsOwnLine() {
        ImportResult result = run(
                "id,city\nA1,Brno\nA2,\"Praha\nA3,Plzen\nA4,\"Zlin, \"\"old\"\"\ntown\"\nA5,Opava\n",
                CsvFormat.STANDARD);
        assertThat(result.counts()).isEqualTo(new ImportCounts(5, 4, 0, 0, 1, 0));
        assertThat(result.firstRejected()).singleElement().satisfies(r -> {
            assertThat(r.line()).isEqualTo(3);
            assertThat(r.reason()).contains("quotation mark").contains("column 2");
            assertThat(r.cells()).containsExactly("A2", "Praha");
        });
        assertThat(data.customer(acme, "A4")).containsEntry("city", "Zlin, \"old\" town");
    }

    @Test
    void aQuoteNeverClosedInALongFileCostsItsOwnLineToo() {
        StringBuilder text = new StringBuilder("id,city\nA1,Brno\nA2,\"Praha\n");
        for (int i = 0; i < 20_000; i++) {
            text.append('B').append(i).append(",Brno\n");
        }
        ImportResult result = run(text.append("A3,\"Brno").toString(), CsvFormat.STANDARD);
        assertThat(result.counts()).isEqualTo(new ImportCounts(20_003, 20_001, 0, 0, 2, 0));
        assertThat(result.firstRejected()).extracting(RejectedRow::line).containsExactly(3L, 20_004L);
    }

    @Test
    void badCellsAreSaidRowByRowAndTheOtherRowsKept() {
        ImportMapping mapping = MAPPING.with(ImportField.EMAIL, 2).with(ImportField.BIRTHDAY, 3);
        ImportResult result = run(
                ("id,city,email,birthday\nA1,Brno,ada@example.com,1990-02-28\nA2,Brno,nobody,1990-02-28\n"
                                + "A3,Brno,a@b@c.cz,\nA4,Brno,,2025-02-30\nA5,Brno,,31.4.1990\nA6,Brno,,soon\n"
                                + "A1,Praha,,\nA7,Brno,ADA@example.com,\nA8,Brno\n,Brno,,\nA9,Brno,carl@example.com,\n")
                        .getBytes(StandardCharsets.UTF_8),
                CsvFormat.STANDARD,
                mapping);
        assertThat(result.counts()).isEqualTo(new ImportCounts(11, 2, 0, 0, 9, 0));
        assertThat(result.firstRejected())
                .extracting(RejectedRow::line, RejectedRow::column, RejectedRow::reason)
                .containsExactly(
                        tuple(3L, "email", "This is not an e-mail address."),
                        tuple(4L, "email", "This is not an e-mail address."),
                        tuple(5L, "birthday", "There is no such day or time."),
                        tuple(6L, "birthday", "There is no such day or time."),
                        tuple(
                                7L,
                                "birthday",
                                "This is not a date that is understood. Write it as 2026-03-29 or 29.3.2026."),
                        tuple(8L, "id", "Line 2 has the same customer id; the first one counts."),
                        tuple(9L, "email", "Line 2 has the same e-mail address; the first one counts."),
                        tuple(10L, "", "The row has 2 columns, the mapping needs 4. Is the separator right?"),
                        tuple(11L, "id", "The row has neither a customer id nor an e-mail address."));
        assertThat(data.customer(acme, "A1")).containsEntry("city", "Brno");
        assertThat(data.count(acme, "customer")).isEqualTo(2);
    }

    @Test
    void utf16IsGuessedWithoutAByteOrderMarkToo() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] bytes = "id;city\nA1;Łódź\nA2;Praha\n".getBytes(charset);
            assertThat(inspect(bytes).format().charset()).isEqualTo(charset);
            assertThat(run(bytes, inspect(bytes).format()).counts().rejected()).isZero();
            assertThat(data.customer(acme, "A1")).containsEntry("city", "Łódź");
        }
    }

    @Test
    void ofAHeaderAloneNothingIsImported() throws Exception {
        byte[] bytes = "id,city\n".getBytes(StandardCharsets.UTF_8);
        CsvInspection seen = inspect(bytes);
        assertThat(seen.format().header()).isTrue();
        assertThat(seen.rows()).isEmpty();
        assertThat(run(bytes, seen.format()).counts()).isEqualTo(ImportCounts.NONE);
    }

    @Test
    void aMillionRowsAreReadWithoutKeepingThem() throws Exception {
        byte[] block = "A1,\"Brno, old town\",x\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        InputStream endless = new SequenceInputStream(Collections.enumeration(IntStream.range(0, 1_000)
                .mapToObj(i -> new ByteArrayInputStream(block))
                .toList()));
        long rows = 0;
        try (RowReader reader = RowReader.open(endless, CsvFormat.STANDARD)) {
            while (reader.next() != null) {
                rows++;
            }
        }
        assertThat(rows).isEqualTo(1_000_000);
    }

    @Test
    void whatIsNoTextIsRefusedAtOnce() {
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(new byte[] {'P', 'K', 3, 4, 0, 0}))
                .withMessageContaining("damaged");
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(new byte[] {1, 0, 2, 0, 3}))
                .withMessageContaining("neither a text file");
        byte[] picture = {
            (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 3, 0
        };
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(picture))
                .withMessageContaining("neither a text file");
        for (String nothing : List.of("", "\uFEFF", "\n\n  \n")) {
            assertThatExceptionOfType(ImportRefused.class)
                    .isThrownBy(() -> inspect(nothing.getBytes(StandardCharsets.UTF_8)))
                    .withMessageContaining("empty");
        }
    }

    @Test
    void czechAndPolishAndGermanHeadersAreUnderstood() throws Exception {
        CsvInspection czech = inspect("Číslo zákazníka;E-mail;Jméno;Příjmení;Město\n1;a@b.cz;Jan;Novák;Brno\n"
                .getBytes(Charset.forName("windows-1250")));
        assertThat(czech.format().separator()).isEqualTo(CsvFormat.Separator.SEMICOLON);
        assertThat(czech.guess(ImportKind.CUSTOMERS).columns()).hasSize(5);
        CsvInspection polish =
                inspect("Numer zamówienia;Data;E-mail;Wartość zamówienia;Ilość\n1;1.2.2026;a@b.pl;1 234,50;2\n"
                        .getBytes(Charset.forName("ISO-8859-2")));
        assertThat(polish.guessKind()).isEqualTo(ImportKind.ORDERS);
        assertThat(polish.guess(ImportKind.ORDERS).columns()).hasSize(5);
        assertThat(polish.format().decimal()).isEqualTo(CsvFormat.Decimal.COMMA);
        CsvInspection german = inspect(
                "Bestellnummer\tKundennummer\tBestelldatum\tEinzelpreis\tMenge\tArtikel\n1\t2\t31.01.2026\t5,00\t1\tTee\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(german.format().separator()).isEqualTo(CsvFormat.Separator.TAB);
        assertThat(german.guess(ImportKind.ORDERS).columns()).hasSize(6);
    }

    private ImportResult run(String text, CsvFormat format) {
        return run(text.getBytes(StandardCharsets.UTF_8), format);
    }

    private ImportResult run(byte[] bytes, CsvFormat format) {
        return run(bytes, format, MAPPING);
    }

    private ImportResult run(byte[] bytes, CsvFormat format, ImportMapping mapping) {
        return TestTenants.asOwner(
                acme,
                () -> imports.importCustomers(
                        new ByteArrayInputStream(bytes), mapping, ImportOptions.of("bad.csv", format)));
    }

    private CsvInspection inspect(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        return TestTenants.asOwner(acme, () -> imports.inspect(file));
    }
}
