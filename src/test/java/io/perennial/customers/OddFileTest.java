package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Files as the world has them: every encoding with every separator, packed, odd, broken. */
@IntegrationTest
class OddFileTest {

    private static final String CZECH =
            "Žofie Nováčková;Ústí nad Labem|Jiří Dvořák;Plzeň|Šárka Říhová;České Budějovice";
    private static final String POLISH = "Łucja Wójcik;Łódź|Michał Dąbrowski;Poznań|Żaneta Ściegienny;Świętochłowice";
    private static final String CROATIAN = "Željka Čović;Šibenik|Đurđa Ćirić;Požega|Siniša Žižić;Čakovec";
    private static final String GERMAN = "Jürgen Müller;Köln|Käthe Groß;Nürnberg|Günther Schäfer;Düsseldorf";
    private static final String VIETNAMESE =
            "Nguyễn Thị Hoa;Hà Nội|Trần Đức Dũng;Đà Nẵng|Phạm Hữu Lộc;Thành phố Hồ Chí Minh";

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
    void everyEncodingWithEverySeparatorIsRecognised() throws Exception {
        Map<String, List<String>> encodings = new LinkedHashMap<>();
        List<String> unicode = List.of("UTF-8", "+UTF-8", "+UTF-16LE", "+UTF-16BE", "UTF-16LE", "UTF-16BE");
        encodings.put(CZECH, plus(unicode, "windows-1250", "ISO-8859-2"));
        encodings.put(POLISH, plus(unicode, "windows-1250", "ISO-8859-2"));
        encodings.put(CROATIAN, plus(unicode, "windows-1250", "ISO-8859-2"));
        encodings.put(GERMAN, plus(unicode, "windows-1252", "ISO-8859-1"));
        encodings.put(VIETNAMESE, plus(unicode, "windows-1258"));
        for (Map.Entry<String, List<String>> people : encodings.entrySet()) {
            for (String encoding : people.getValue()) {
                for (CsvFormat.Separator separator : List.of(
                        CsvFormat.Separator.COMMA,
                        CsvFormat.Separator.SEMICOLON,
                        CsvFormat.Separator.TAB,
                        CsvFormat.Separator.PIPE)) {
                    isRecognised(people.getKey(), encoding, separator);
                }
            }
        }
    }

    private void isRecognised(String people, String encoding, CsvFormat.Separator separator) throws Exception {
        String[] persons = people.split("\\|");
        StringBuilder text = new StringBuilder(String.join("" + separator.sign(), "id", "name", "city", "note"));
        for (int i = 0; i < persons.length; i++) {
            String[] cells = persons[i].split(";");
            text.append("\r\n")
                    .append(String.join(
                            "" + separator.sign(), "A" + i, cells[0], cells[1], "\"one, two; three | four\""));
        }
        byte[] bytes = encode(text.append("\r\n").toString(), encoding);
        CsvInspection seen = inspect(bytes);
        String where = encoding + " " + separator + " " + persons[0];
        assertThat(seen.format().separator()).as(where).isEqualTo(separator);
        List<String> names = seen.rows().stream()
                .map(r -> Normalizer.normalize(r.get(1) + ";" + r.get(2), Normalizer.Form.NFC))
                .toList();
        assertThat(names).as(where).containsExactly(persons);
    }

    @Test
    void tonesWrittenAfterTheirVowelAreStoredAsOneLetter() throws Exception {
        byte[] bytes = encode("id;city\nA1;Đà Nẵng\nA2;Hà Nội\n", "windows-1258");
        assertThat(run(bytes).counts().created()).isEqualTo(2);
        assertThat(data.customer(acme, "A1")).containsEntry("city", "Đà Nẵng");
        assertThat(data.count(globex, "customer")).isZero();
    }

    @Test
    void alphabetsOfOthersAreRecognisedToo() throws Exception {
        String text =
                "id;name;city\n1;Анна Петровна Иванова;Санкт-Петербург\n2;Дмитрий Сергеевич Кузнецов;Екатеринбург\n";
        assertThat(inspect(text.getBytes(Charset.forName("windows-1251")))
                        .rows()
                        .get(1)
                        .get(2))
                .isEqualTo("Екатеринбург");
    }

    @Test
    void aFewBrokenCharactersDoNotSpoilTheOthers() throws Exception {
        byte[] bytes =
                (CZECH.replace('|', '\n') + "\nBroken ?;Brno\n").repeat(5).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '?') {
                bytes[i] = (byte) 0x9A;
                break;
            }
        }
        assertThat(inspect(bytes).format().charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void linesEndedByCarriageReturnsAloneAreLines() throws Exception {
        assertThat(run("id,city\rA1,Brno\rA2,Praha\r".getBytes(StandardCharsets.UTF_8))
                        .counts()
                        .created())
                .isEqualTo(2);
        CsvInspection spaces = inspect("1 19970101 2 29.33\r2 19970102 1 5.00\r".getBytes(StandardCharsets.UTF_8));
        assertThat(spaces.rows()).hasSize(2);
    }

    @Test
    void aZeroInATextIsASpaceAndNoReasonToRefuseIt() throws Exception {
        String rows = IntStream.range(0, 50).mapToObj(i -> "A" + i + ",Brno").collect(Collectors.joining("\n"));
        byte[] bytes = ("id,city\n" + rows + "\nB1,Hradec\0\n").getBytes(StandardCharsets.UTF_8);
        assertThat(run(bytes).counts().created()).isEqualTo(51);
        assertThat(data.customer(acme, "B1")).containsEntry("city", "Hradec");
    }

    @Test
    void aCellOfAMillionCharactersIsOneRejectedRow() throws Exception {
        byte[] bytes = ("id,city\nA1,\"" + "x".repeat(1_000_000) + "\"\nA2,Brno\n").getBytes(StandardCharsets.UTF_8);
        assertThat(run(bytes).counts()).isEqualTo(new ImportCounts(2, 1, 0, 0, 1, 0));
    }

    @Test
    void twentyThousandColumnsAreReadUpToTheTwoHundredth() throws Exception {
        String header =
                "id,city," + IntStream.range(0, 19_998).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        byte[] bytes = (header + "\nA1,Brno" + ",x".repeat(19_998) + "\n").getBytes(StandardCharsets.UTF_8);
        CsvInspection seen = inspect(bytes);
        assertThat(seen.tooWide()).isTrue();
        assertThat(seen.header()).hasSize(200);
        assertThat(run(bytes).counts().created()).isEqualTo(1);
    }

    @Test
    void aHeaderMissingOrWithEveryNameTwiceIsStillRead() throws Exception {
        CsvInspection none = inspect("ada@example.com,Brno\nbob@example.com,Praha\n".getBytes(StandardCharsets.UTF_8));
        assertThat(none.format().header()).isFalse();
        assertThat(none.guess(ImportKind.CUSTOMERS).column(ImportField.EMAIL)).hasValue(0);
        CsvInspection twice =
                inspect("email,city,email,city\na@b.cz,Brno,c@d.cz,Praha\n".getBytes(StandardCharsets.UTF_8));
        assertThat(twice.header()).containsExactly("email", "city", "email", "city");
        assertThat(twice.guess(ImportKind.CUSTOMERS).column(ImportField.EMAIL)).hasValue(0);
    }

    @Test
    void packedTextsAreReadAndOfSeveralTheChosenOne() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("../../etc/people.csv", "id;city\nA1;Brno\n");
        files.put("b/orders.TXT", "id,city\nA2,Praha\nA3,Praha\n");
        files.put("__MACOSX/._people.csv", "rubbish");
        files.put("readme.md", "no text for us");
        byte[] zip = TestWorkbook.zip(files);
        CsvInspection seen = inspect(zip);
        assertThat(seen.kind()).isEqualTo(FileKind.ARCHIVE);
        assertThat(seen.parts()).containsExactly("../../etc/people.csv", "b/orders.TXT");
        assertThat(run(zip).counts().created()).isEqualTo(1);
        Path file = Files.write(folder.resolve("file"), zip);
        CsvInspection other = TestTenants.asOwner(
                acme, () -> imports.inspectPart(file, seen.format().withPart("b/orders.TXT")));
        assertThat(other.format().separator()).isEqualTo(CsvFormat.Separator.COMMA);
        assertThat(run(zip, other.format()).counts().created()).isEqualTo(2);
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(file); // nothing was unpacked anywhere
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("id,city\nA4,Brno\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(inspect(packed.toByteArray()).kind()).isEqualTo(FileKind.GZIP);
        assertThat(run(packed.toByteArray()).counts().created()).isEqualTo(1);
        assertThat(data.count(acme, "customer")).isEqualTo(4);
    }

    @Test
    void bombsAndBrokenArchivesAreRefused() throws Exception {
        byte[] bomb = TestWorkbook.zip(Map.of("a.csv", "id,city\nA1,Brno\n" + "\n".repeat(80 << 20)));
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> run(bomb))
                .withMessageContaining("unpacks to far more");
        assertThat(data.count(acme, "customer")).isLessThanOrEqualTo(1); // rows before it was noticed are imported
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 100; i++) {
                gzip.write("\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> run(packed.toByteArray(), CsvFormat.STANDARD))
                .withMessageContaining("unpacks to far more");
        byte[] good = TestWorkbook.zip(Map.of("a.csv", "id,city\nA1,Brno\n"));
        byte[] locked = good.clone();
        int central = indexOf(locked, new byte[] {'P', 'K', 1, 2});
        locked[central + 8] |= 1;
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(locked))
                .withMessageContaining("password");
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(TestWorkbook.zip(Map.of("photo.jpg", "x"))))
                .withMessageContaining("no CSV");
        byte[] cut = java.util.Arrays.copyOf(packed.toByteArray(), 1_000);
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> run(cut, CsvFormat.STANDARD))
                .withMessageContaining("damaged");
    }

    /** Its names alone would fill the memory, long before anybody counts them. */
    @Test
    void anArchiveWithADirectoryOfAGigabyteIsRefusedUnread() throws Exception {
        Path file = folder.resolve("file");
        long directory = 1L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(new byte[] {'P', 'K', 3, 4});
            sparse.seek(directory);
            ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
            end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
            end.putShort((short) 1_000)
                    .putShort((short) 1_000)
                    .putInt((int) directory - 4)
                    .putInt(4);
            sparse.write(end.array());
        }
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> TestTenants.asOwner(acme, () -> imports.inspect(file)))
                .withMessageContaining("more than 10,000 files");
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i <= 10_000; i++) {
            many.put(i + ".csv", "id\nA" + i + "\n");
        }
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(TestWorkbook.zip(many)))
                .withMessageContaining("more than 10,000 files");
    }

    @Test
    void anArchiveInAnArchiveIsNotUnpacked() throws Exception {
        Map<String, byte[]> inner = Map.of("deep.zip", TestWorkbook.zip(Map.of("a.csv", "id,city\nA1,Brno\n")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var entry : inner.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(bytes.toByteArray()))
                .withMessageContaining("no CSV");
    }

    @Test
    void aRowOfAWorkbookThatNeverEndsIsRefused() throws Exception {
        byte[] wide = new TestWorkbook()
                .sheet("People", "<row>" + "<c t=\"inlineStr\"><is><t>x</t></is></c>".repeat(1_000_000) + "</row>")
                .bytes();
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> inspect(wide))
                .withMessageContaining("damaged");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    private static List<String> plus(List<String> some, String... more) {
        return java.util.stream.Stream.concat(some.stream(), java.util.Arrays.stream(more))
                .toList();
    }

    /** @param encoding with a plus before it: with a byte order mark */
    private static byte[] encode(String text, String encoding) {
        if (encoding.equals("windows-1258")) {
            return tonesApart(text).getBytes(Charset.forName(encoding));
        }
        return encoding.startsWith("+")
                ? ("\uFEFF" + text).getBytes(Charset.forName(encoding.substring(1)))
                : text.getBytes(Charset.forName(encoding));
    }

    /** As Vietnamese Windows writes: â, ơ and the like are letters, tones follow them. */
    private static String tonesApart(String text) {
        StringBuilder apart = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            StringBuilder letter = new StringBuilder();
            StringBuilder tone = new StringBuilder();
            for (char part : Normalizer.normalize(text.substring(i, i + 1), Normalizer.Form.NFD)
                    .toCharArray()) {
                ("\u0300\u0301\u0303\u0309\u0323".indexOf(part) >= 0 ? tone : letter).append(part);
            }
            apart.append(Normalizer.normalize(letter, Normalizer.Form.NFC)).append(tone);
        }
        return apart.toString();
    }

    private ImportResult run(byte[] bytes) throws Exception {
        return run(bytes, inspect(bytes).format());
    }

    private ImportResult run(byte[] bytes, CsvFormat format) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        ImportMapping mapping =
                ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.CITY, 1);
        return TestTenants.asOwner(
                acme, () -> imports.importCustomers(file, mapping, ImportOptions.of("odd.csv", format)));
    }

    private CsvInspection inspect(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("file"), bytes);
        return TestTenants.asOwner(acme, () -> imports.inspect(file));
    }
}
