package io.perennial.journey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that nobody sends in earnest. */
final class HostileFiles {

    private static final String HEADER = "external_id;email\n";
    private static final String WORKBOOK =
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                    + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                    + "<sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    private static final String RELATIONS =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + "<Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\" Type=\"http://schemas.openxmlformats.org/"
                    + "officeDocument/2006/relationships/worksheet\"/></Relationships>";

    private HostileFiles() {}

    /**
     * @param name as it is sent
     * @param answer what is said of it, on its arrival or after its check
     */
    record HostileFile(String name, byte[] bytes, String answer) {}

    static List<HostileFile> all() {
        byte[] bomb = bytes(("x".repeat((64 << 10) - 1) + "\n").repeat(16)); // a megabyte
        byte[] line = bytes("x".repeat(1 << 20));
        byte[] innocent = zip("people.csv", 1, bytes(HEADER + "A1;ada@example.com\n"));
        byte[] sheet = workbook("", "<row>" + cell("external_id") + "</row><row>" + cell("A1") + "</row>");
        List<HostileFile> files = new ArrayList<>(List.of(
                new HostileFile("empty.csv", new byte[0], "The file is empty"),
                new HostileFile("ratio.zip", zip("people.csv", 80, bomb), "unpacks to far more"),
                new HostileFile("line.zip", zip("people.csv", 80, line), "unpacks to far more"),
                new HostileFile("ratio.csv.gz", gzip(80, bomb), "unpacks to far more"),
                new HostileFile(
                        "nested.zip", zip("deep.zip", 1, zip("deeper.zip", 1, innocent)), "no CSV or text file"),
                new HostileFile("crowd.zip", crowd(), "more than 10,000 files"),
                new HostileFile("cut.zip", Arrays.copyOf(innocent, innocent.length / 2), "damaged"),
                new HostileFile("cut.xlsx", Arrays.copyOf(sheet, sheet.length / 2), "damaged"),
                new HostileFile("cut.csv.gz", Arrays.copyOf(gzip(2, bomb), 500), "damaged"),
                new HostileFile("laughs.xlsx", workbook(LAUGHS, "<row>" + cell("&a9;") + "</row>"), "damaged"),
                new HostileFile("texts.xlsx", texts(), "unpacks to far more"),
                new HostileFile("endless.xlsx", workbook("", "<row>" + cell("x").repeat(20_000) + "</row>"), "damaged"),
                new HostileFile(
                        "wide.csv",
                        bytes("a,".repeat(1_000_000) + "\n" + "1,".repeat(1_000_000)),
                        "more than 200 columns"),
                new HostileFile("really.csv", bytes("%PDF-1.7\n1 0 obj"), "This is a PDF"),
                new HostileFile("really.xlsx", picture(), "neither a text file"),
                new HostileFile("really.json.csv", bytes("[{\"email\": \"a@b.example\"}]"), "This is JSON"),
                new HostileFile("page.csv", bytes("<html><body><script>alert(1)</script>"), "a web page or XML"),
                new HostileFile("long.csv", bytes(HEADER + "A1;" + "x".repeat(6 << 20)), "the longest a cell may be")));
        return files;
    }

    /** Its names lead out of any folder; its text is a good one. */
    static byte[] climbing(String file) {
        return zip("../../../../../../../../../../tmp/" + file, 1, bytes(HEADER + "A1;ada@example.com\n"));
    }

    private static final String LAUGHS = laughs();

    private static String laughs() {
        StringBuilder dtd = new StringBuilder("<!DOCTYPE w [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            dtd.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return dtd.append("]>").toString();
    }

    private static String cell(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static byte[] workbook(String before, String rows) {
        return packed(zip -> {
            entry(zip, "xl/workbook.xml", bytes(WORKBOOK));
            entry(zip, "xl/_rels/workbook.xml.rels", bytes(RELATIONS));
            entry(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    bytes(before + "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
        });
    }

    /** A table of texts as large as it can be told, of which the only cell names the last. */
    private static byte[] texts() {
        return packed(zip -> {
            entry(zip, "xl/workbook.xml", bytes(WORKBOOK));
            entry(zip, "xl/_rels/workbook.xml.rels", bytes(RELATIONS));
            entry(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    bytes("<worksheet><sheetData><row><c t=\"s\"><v>19999999</v></c></row></sheetData></worksheet>"));
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            zip.write(bytes("<sst>"));
            byte[] many = bytes("<si><t>a</t></si>".repeat(1 << 16));
            for (int i = 0; i < 80; i++) {
                zip.write(many);
            }
            zip.write(bytes("</sst>"));
            zip.closeEntry();
        });
    }

    private static byte[] crowd() {
        return packed(zip -> {
            for (int i = 0; i <= 10_000; i++) {
                entry(zip, i + ".csv", bytes(HEADER));
            }
        });
    }

    private static byte[] picture() {
        byte[] bytes = new byte[4_000];
        new java.util.Random(3).nextBytes(bytes);
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0}, 0, bytes, 0, 12);
        return bytes;
    }

    private static byte[] zip(String name, int times, byte[] block) {
        return packed(zip -> {
            zip.putNextEntry(new ZipEntry(name));
            begin(zip, times);
            for (int i = 0; i < times; i++) {
                zip.write(block);
            }
            zip.closeEntry();
        });
    }

    private static byte[] gzip(int times, byte[] block) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            begin(gzip, times);
            for (int i = 0; i < times; i++) {
                gzip.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What is unfolded for long looks like any other file at first. */
    private static void begin(OutputStream out, int times) throws IOException {
        if (times > 1) {
            out.write(bytes(HEADER + "A1;ada@example.com\n"));
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private interface Content {
        void write(ZipOutputStream zip) throws IOException;
    }

    private static byte[] packed(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            content.write(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
