package io.perennial.uikit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options for ECharts in the product's manner: words are written here, in the reader's language, and ride along as the
 * names of the points, which the tooltips show; colours are tokens of the page.
 */
public final class Charts {

    private Charts() {}

    /**
     * A point.
     *
     * @param value null for a gap
     * @param words what a tooltip says of it
     * @param label written beside it, or nothing
     * @param partial of a period that is not over
     */
    public record Point(
            @Nullable Double value, String words, @Nullable String label, boolean partial) {}

    /** A named series of a token's colour, by number 1 to 8. */
    public record Series(String name, int colour, List<Point> points) {}

    /** Lines over time; the partial last period dashed. */
    public static Map<String, Object> lines(List<String> periods, String axis, List<Series> series) {
        List<Object> drawn = new ArrayList<>();
        for (Series s : series) {
            drawn.add(line(
                    s,
                    true,
                    s.points().stream().map(p -> p.partial() ? gap() : item(p)).toList()));
            if (s.points().getLast().partial() && s.points().size() > 1) {
                drawn.add(line(s, false, dashedEnd(s.points())));
            }
        }
        return frame(periods, axis, drawn, series.size() > 1);
    }

    /** A line with a band around it; none around a gap or a partial period. */
    public static Map<String, Object> lineWithBand(
            List<String> periods, String axis, Series line, List<Double> low, List<Double> high) {
        Map<String, Object> option = lines(periods, axis, List.of(line));
        List<Object> all = new ArrayList<>();
        List<Object> lower = new ArrayList<>();
        List<Object> width = new ArrayList<>();
        for (int i = 0; i < line.points().size(); i++) {
            Point point = line.points().get(i);
            boolean drawn = point.value() != null && !point.partial();
            lower.add(drawn ? rounded(low.get(i)) : gap());
            width.add(drawn ? rounded(high.get(i) - low.get(i)) : gap());
        }
        all.add(bandPart(line.colour(), lower, 0));
        all.add(bandPart(line.colour(), width, .16));
        all.addAll((List<?>) option.get("series"));
        option.put("series", all);
        return option;
    }

    /** Bars from zero; of a partial period hollow and dashed. */
    public static Map<String, Object> bars(List<String> categories, String axis, List<Series> series) {
        List<Object> drawn = new ArrayList<>();
        for (Series s : series) {
            Map<String, Object> bar = new LinkedHashMap<>();
            bar.put("type", "bar");
            bar.put("name", s.name());
            bar.put("barMaxWidth", 28);
            bar.put("barGap", "8%");
            bar.put("itemStyle", Map.of("color", token(s.colour()), "borderRadius", List.of(3, 3, 0, 0)));
            bar.put("data", s.points().stream().map(p -> barItem(p, s.colour())).toList());
            drawn.add(bar);
        }
        return frame(categories, axis, drawn, series.size() > 1);
    }

    /** A line without axes, for a tile. */
    public static Map<String, Object> spark(List<Double> values, int colour) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "line");
        line.put("data", values.stream().map(Charts::rounded).toList());
        line.put("showSymbol", false);
        line.put("silent", true);
        line.put("lineStyle", Map.of("width", 2, "color", token(colour)));
        line.put("areaStyle", Map.of("color", token(colour), "opacity", .12));
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("grid", Map.of("left", 2, "right", 2, "top", 4, "bottom", 2));
        option.put("xAxis", Map.of("type", "category", "show", false, "boundaryGap", false));
        option.put("yAxis", Map.of("type", "value", "show", false, "min", 0));
        option.put("series", List.of(line));
        return option;
    }

    /** One square of a heat map. */
    public record Square(int column, int row, double value, String words, String label, boolean partial) {}

    /** A heat map on the sequential scale, from 0 to the largest value. */
    public static Map<String, Object> heat(
            List<String> columns, List<String> rows, String columnsName, List<Square> squares) {
        double largest = squares.stream().mapToDouble(Square::value).max().orElse(1);
        List<Object> data = new ArrayList<>();
        for (Square s : squares) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", s.words());
            item.put("value", List.of(s.column(), s.row(), rounded(s.value())));
            item.put(
                    "label", Map.of("show", true, "formatter", s.label(), "fontSize", 12, "color", "var(--heat-text)"));
            if (s.partial()) {
                item.put(
                        "itemStyle",
                        Map.of("borderColor", "var(--chart-text)", "borderType", "dashed", "borderWidth", 1));
            }
            data.add(item);
        }
        Map<String, Object> heat = new LinkedHashMap<>();
        heat.put("type", "heatmap");
        heat.put("data", data);
        heat.put("itemStyle", Map.of("borderColor", "var(--surface-card)", "borderWidth", 2, "borderRadius", 4));
        heat.put("emphasis", Map.of("itemStyle", Map.of("borderColor", "var(--chart-text)")));
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("grid", Map.of("left", 4, "right", 4, "top", 44, "bottom", 4, "containLabel", true));
        option.put("tooltip", tooltip());
        Map<String, Object> x = category(columns);
        x.put("position", "top");
        x.put("name", columnsName);
        x.put("nameLocation", "middle");
        x.put("nameGap", 24);
        x.put("nameTextStyle", Map.of("color", "var(--chart-text)"));
        option.put("xAxis", x);
        Map<String, Object> y = category(rows);
        y.put("inverse", true);
        option.put("yAxis", y);
        option.put(
                "visualMap",
                Map.of(
                        "show",
                        false,
                        "min",
                        0,
                        "max",
                        Math.max(rounded(largest), .01),
                        "inRange",
                        Map.of("color", List.of("var(--heat-0)", "var(--heat-1)", "var(--heat-2)"))));
        option.put("series", List.of(heat));
        return option;
    }

    private static Map<String, Object> frame(List<String> periods, String axis, List<Object> series, boolean legend) {
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("grid", Map.of("left", 4, "right", 24, "top", legend ? 48 : 32, "bottom", 4, "containLabel", true));
        option.put("tooltip", tooltip());
        if (legend) {
            option.put(
                    "legend",
                    Map.of(
                            "top",
                            0,
                            "right",
                            0,
                            "icon",
                            "roundRect",
                            "itemWidth",
                            12,
                            "itemHeight",
                            8,
                            "textStyle",
                            Map.of("color", "var(--chart-text)")));
        }
        option.put("xAxis", category(periods));
        Map<String, Object> y = new LinkedHashMap<>();
        y.put("type", "value");
        y.put("min", 0);
        y.put("name", axis);
        y.put("nameTextStyle", Map.of("color", "var(--chart-text)", "align", "left"));
        y.put("axisLabel", Map.of("color", "var(--chart-text)"));
        y.put("splitLine", Map.of("lineStyle", Map.of("color", "var(--chart-line)")));
        y.put("splitNumber", 4);
        option.put("yAxis", y);
        option.put("series", series);
        return option;
    }

    private static Map<String, Object> category(List<String> names) {
        Map<String, Object> axis = new LinkedHashMap<>();
        axis.put("type", "category");
        axis.put("data", names);
        axis.put("axisTick", Map.of("show", false));
        axis.put("axisLine", Map.of("lineStyle", Map.of("color", "var(--chart-line)")));
        axis.put("axisLabel", Map.of("color", "var(--chart-text)", "hideOverlap", true));
        return axis;
    }

    private static Map<String, Object> tooltip() {
        return Map.of(
                "trigger", "item",
                "confine", true,
                "extraCssText", "width: auto; height: auto",
                "formatter", "{b}",
                "backgroundColor", "var(--surface-card)",
                "borderColor", "var(--chart-line)",
                "textStyle", Map.of("color", "var(--chart-text)", "fontSize", 13));
    }

    private static Map<String, Object> line(Series series, boolean solid, List<?> data) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "line");
        line.put("name", series.name());
        line.put("data", data);
        line.put("symbol", "circle");
        line.put("symbolSize", 6);
        line.put("showAllSymbol", true);
        line.put("itemStyle", Map.of("color", token(series.colour())));
        line.put("lineStyle", Map.of("width", 2, "type", solid ? "solid" : "dashed", "color", token(series.colour())));
        line.put("connectNulls", false);
        return line;
    }

    private static List<Object> dashedEnd(List<Point> points) {
        List<Object> data = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            data.add(
                    i == points.size() - 1
                            ? item(points.get(i))
                            : i == points.size() - 2 ? unlabelled(points.get(i)) : gap());
        }
        return data;
    }

    private static Object unlabelled(Point point) {
        return item(new Point(point.value(), point.words(), null, false));
    }

    private static Object gap() {
        return "-"; // ECharts' word for nothing
    }

    private static Object item(Point point) {
        if (point.value() == null) {
            return gap();
        }
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", point.words());
        item.put("value", rounded(point.value()));
        if (point.label() != null) {
            item.put("label", label(point.label()));
        }
        return item;
    }

    private static Object barItem(Point point, int colour) {
        if (!(item(point) instanceof Map<?, ?> known)) {
            return gap();
        }
        Map<String, Object> item = new LinkedHashMap<>();
        known.forEach((k, v) -> item.put((String) k, v));
        if (point.partial()) {
            item.put(
                    "itemStyle",
                    Map.of("opacity", .45, "borderType", "dashed", "borderWidth", 1, "borderColor", token(colour)));
        }
        return item;
    }

    private static Map<String, Object> label(String text) {
        return Map.of(
                "show",
                true,
                "formatter",
                text,
                "position",
                "top",
                "distance",
                10,
                "color",
                "var(--chart-text)",
                "fontWeight",
                600);
    }

    private static Map<String, Object> bandPart(int colour, List<Object> data, double opacity) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "line");
        part.put("stack", "band");
        part.put("data", data);
        part.put("silent", true);
        part.put("showSymbol", false);
        part.put("lineStyle", Map.of("opacity", 0));
        part.put("areaStyle", Map.of("color", token(colour), "opacity", opacity));
        part.put("tooltip", Map.of("show", false));
        return part;
    }

    public static String token(int colour) {
        return "var(--chart-" + colour + ")";
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
