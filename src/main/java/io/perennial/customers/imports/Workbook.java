package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat.Decimal;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Excel workbook (Office Open XML, .xlsx): its sheets, and what its number formats say about dates. Read by a reader
 * of our own, since the usual ones keep all of a workbook's texts in memory.
 */
class Workbook implements Closeable {

    private static final String RELATIONS = "xl/_rels/workbook.xml.rels";
    private static final int MOST_SHEETS = 500;

    private final Zipped zip;
    private final Map<String, String> sheets = new LinkedHashMap<>(); // name, part
    private boolean from1904;

    private Workbook(Zipped zip) {
        this.zip = zip;
    }

    /** @throws ImportRefused if it is damaged or has no sheet */
    static Workbook open(Path file) throws IOException {
        Workbook workbook = new Workbook(Zipped.open(file));
        try {
            workbook.readSheets();
            return workbook;
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    /** The names of the sheets that a person sees, in their order. */
    List<String> sheets() {
        return List.copyOf(sheets.keySet());
    }

    /**
     * The rows of a sheet; the workbook is closed with them.
     *
     * @param sheet its name; the first one if there is none of this name
     * @param decimal how numbers are to be written, so that they are read as what they are
     */
    RowReader rows(String sheet, Decimal decimal) throws IOException {
        try {
            String part = sheets.getOrDefault(sheet, sheets.values().iterator().next());
            SharedStrings strings = new SharedStrings(zip);
            CellWords words = new CellWords(strings, dateStyles(), from1904, decimal);
            return new SheetRows(new XmlPart(zip.read(part)), words, this, unpacked -> zip.position(part, unpacked));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void readSheets() throws IOException {
        Map<String, String> parts = relations();
        Map<String, String> hidden = new LinkedHashMap<>();
        try (XmlPart xml = new XmlPart(zip.read("xl/workbook.xml"))) {
            for (String tag = xml.nextStart(); tag != null; tag = xml.nextStart()) {
                if (tag.equals("workbookPr")) {
                    String value = xml.attribute("date1904");
                    from1904 = "1".equals(value) || "true".equals(value);
                } else if (tag.equals("sheet") && sheets.size() < MOST_SHEETS) {
                    String name = xml.attribute("name");
                    String part = parts.get(String.valueOf(xml.attribute("id")));
                    if (name != null && part != null && zip.has(part)) {
                        boolean seen = xml.attribute("state") == null || "visible".equals(xml.attribute("state"));
                        (seen ? sheets : hidden).put(name, part);
                    }
                }
            }
        }
        if (sheets.isEmpty()) {
            sheets.putAll(hidden);
        }
        if (sheets.isEmpty()) {
            throw new ImportRefused(Texts.t("customers.refused.damaged"));
        }
    }

    /** Where each sheet is; charts and macros are none. */
    private Map<String, String> relations() throws IOException {
        Map<String, String> parts = new HashMap<>();
        try (XmlPart xml = new XmlPart(zip.read(RELATIONS))) {
            for (String tag = xml.nextStart(); tag != null; tag = xml.nextStart()) {
                String id = xml.attribute("Id");
                String target = xml.attribute("Target");
                String type = xml.attribute("Type");
                if (id != null && target != null && type != null && type.endsWith("/worksheet")) {
                    parts.put(id, target.startsWith("/") ? target.substring(1) : "xl/" + target);
                }
            }
        }
        return parts;
    }

    /** For each cell style, what kind of moment its number format shows, if any. */
    private List<DateStyle> dateStyles() throws IOException {
        List<DateStyle> styles = new ArrayList<>();
        if (!zip.has("xl/styles.xml")) {
            return styles;
        }
        Map<Integer, String> formats = new HashMap<>();
        try (XmlPart xml = new XmlPart(zip.read("xl/styles.xml"))) {
            boolean cells = false;
            while (xml.next()) {
                if (xml.isEnd() && xml.name().equals("cellXfs")) {
                    cells = false;
                } else if (xml.isStart()) {
                    switch (xml.name()) {
                        case "numFmt" -> {
                            @Nullable String code = xml.attribute("formatCode");
                            if (code != null && formats.size() < 10_000) {
                                formats.put(xml.number("numFmtId", -1), code);
                            }
                        }
                        case "cellXfs" -> cells = true;
                        case "xf" -> {
                            if (cells && styles.size() < 100_000) {
                                int id = xml.number("numFmtId", 0);
                                styles.add(DateStyle.of(id, formats.get(id)));
                            }
                        }
                        default -> {}
                    }
                }
            }
        }
        return styles;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
