package io.perennial.customers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes workbooks part by part, as Excel and the many programs that imitate it do. */
public final class TestWorkbook {

    private final Map<String, String> sheets = new LinkedHashMap<>();
    private final List<String> strings = new ArrayList<>();
    private String formats = "";
    private String styles = "<xf numFmtId=\"0\"/>";
    private boolean from1904;

    /** A sheet of the XML of its rows. */
    TestWorkbook sheet(String name, String rows) {
        sheets.put(name, rows);
        return this;
    }

    /** A sheet whose cells are all inline text. */
    public TestWorkbook texts(String name, String[]... rows) {
        StringBuilder xml = new StringBuilder();
        for (String[] row : rows) {
            xml.append("<row>");
            for (String cell : row) {
                xml.append("<c t=\"inlineStr\"><is><t>").append(cell).append("</t></is></c>");
            }
            xml.append("</row>");
        }
        return sheet(name, xml.toString());
    }

    /** Number formats by their codes: the styles 1, 2, … of cells. */
    TestWorkbook formats(String... codes) {
        StringBuilder numFmts = new StringBuilder("<numFmts>");
        StringBuilder xfs = new StringBuilder(styles);
        for (int i = 0; i < codes.length; i++) {
            numFmts.append("<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>".formatted(170 + i, codes[i]));
            xfs.append("<xf numFmtId=\"%d\"/>".formatted(170 + i));
        }
        formats = numFmts.append("</numFmts>").toString();
        styles = xfs.toString();
        return this;
    }

    TestWorkbook sharedStrings(String... items) {
        strings.addAll(List.of(items));
        return this;
    }

    TestWorkbook countingFrom1904() {
        from1904 = true;
        return this;
    }

    public byte[] bytes() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", "<Types/>");
        StringBuilder names = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        int n = 0;
        for (Map.Entry<String, String> sheet : sheets.entrySet()) {
            n++;
            names.append("<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>".formatted(sheet.getKey(), n, n));
            relations.append(
                    "<Relationship Id=\"rId%d\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
                            .formatted(n, n));
            parts.put(
                    "xl/worksheets/sheet" + n + ".xml",
                    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                            + sheet.getValue() + "</sheetData></worksheet>");
        }
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr"
                        + (from1904 ? " date1904=\"1\"" : "") + "/><sheets>" + names + "</sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet>" + formats + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + styles
                        + "</cellXfs></styleSheet>");
        if (!strings.isEmpty()) {
            parts.put("xl/sharedStrings.xml", "<sst><si>" + String.join("</si><si>", strings) + "</si></sst>");
        }
        return zip(parts);
    }

    public static byte[] zip(Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
