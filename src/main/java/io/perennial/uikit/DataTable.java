package io.perennial.uikit;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.perennial.kernel.SafeCsv;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The figures behind a chart, as a table to read and as a file to keep.
 *
 * @param headers the first names the rows
 * @param rows as many cells as headers
 */
public record DataTable(List<String> headers, List<List<Cell>> rows) {

    private static final Pattern FIGURE = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    /**
     * One figure.
     *
     * @param shown as the reader's language writes it
     * @param plain for other programs: decimal point, no units
     */
    public record Cell(String shown, String plain) {

        public static Cell text(String text) {
            return new Cell(text, text);
        }

        public static Cell count(long number) {
            return new Cell(Formats.number(number), Long.toString(number));
        }
    }

    public DataTable {
        headers = List.copyOf(headers);
        rows = List.copyOf(rows);
    }

    /** As a table that scrolls sideways by itself where it is wider than the page. */
    public Div view(String caption) {
        Element table = new Element("table");
        table.appendChild(new Element("caption").setText(caption));
        Element head = new Element("tr");
        headers.forEach(h ->
                head.appendChild(new Element("th").setAttribute("scope", "col").setText(h)));
        table.appendChild(new Element("thead").appendChild(head));
        Element body = new Element("tbody");
        for (List<Cell> row : rows) {
            Element line = new Element("tr");
            for (int i = 0; i < row.size(); i++) {
                Element cell =
                        new Element(i == 0 ? "th" : "td").setText(row.get(i).shown());
                if (i == 0) {
                    cell.setAttribute("scope", "row");
                }
                line.appendChild(cell);
            }
            body.appendChild(line);
        }
        table.appendChild(body);
        Div scroller = new Div();
        scroller.addClassName("data-table");
        scroller.getElement().setAttribute("tabindex", "0");
        scroller.getElement().setAttribute("role", "region");
        scroller.getElement().setAttribute("aria-label", caption);
        scroller.getElement().appendChild(table);
        return scroller;
    }

    /** A link that downloads it, as a spreadsheet in the reader's language opens it. */
    public Anchor download(String fileName) {
        Locale language = Texts.locale();
        Anchor link = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] bytes = (SafeCsv.BYTE_ORDER_MARK + csv(language)).getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(bytes), fileName + ".csv", "text/csv;charset=utf-8", bytes.length);
                }),
                Texts.t("uikit.csv"));
        link.setDownload(true);
        return link;
    }

    /**
     * Where the language writes a comma in numbers, semicolons stand between the cells. Figures may begin with a sign; words
     * that begin as a formula does are text to a spreadsheet.
     */
    public String csv(Locale language) {
        char separator = SafeCsv.separator(language);
        boolean comma = separator == ';';
        StringBuilder csv = new StringBuilder();
        SafeCsv.row(csv, separator, headers);
        for (List<Cell> row : rows) {
            List<String> cells = row.stream().map(Cell::plain).toList();
            IntPredicate isFigure = place -> FIGURE.matcher(cells.get(place)).matches();
            List<String> words = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                words.add(comma && isFigure.test(i) ? cells.get(i).replace('.', ',') : cells.get(i));
            }
            SafeCsv.row(csv, separator, words, isFigure);
        }
        return csv.toString();
    }
}
