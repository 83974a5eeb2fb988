package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void aQuoteNeverClosedIsAnAnswerForTheFile() {
        String text = "id,city\nA1,Brno\nA2,\"" + "x\n".repeat(10 << 20);
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> run(text, CsvFormat.STANDARD))
                .withMessageContaining("quotation mark");
    }

    @Test
    void whatIsNoTextIsRefusedAtOnce() {
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(new byte[] {'P', 'K', 3, 4, 0, 0}))
                .withMessageContaining("Excel");
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(new byte[] {1, 0, 2, 0, 3}))
                .withMessageContaining("not a text file");
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(new byte[0]))
                .withMessageContaining("empty");
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
        return TestTenants.asOwner(
                acme,
                () -> imports.importCustomers(
                        new ByteArrayInputStream(bytes), MAPPING, ImportOptions.of("bad.csv", format)));
    }

    private CsvInspection inspect(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        return TestTenants.asOwner(acme, () -> imports.inspect(file));
    }
}
