package io.perennial.segments.ui;

import com.vaadin.flow.component.html.Div;
import io.perennial.segments.OverlapRegion;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import io.perennial.uikit.Formats;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Two or three circles with the figure of each region in it. The circles have one size: which region is how large is said
 * by the figures and the table beside it, as circles cannot show three sizes truly.
 */
class OverlapDiagram extends Div {

    private record Spot(double x, double y) {}

    private static final List<Spot> TWO = List.of(new Spot(130, 110), new Spot(230, 110));
    private static final List<Spot> THREE = List.of(new Spot(130, 110), new Spot(230, 110), new Spot(180, 196));
    private static final double RADIUS = 86;

    /**
     * @param alternative the same in words
     */
    OverlapDiagram(List<SegmentRef> segments, List<OverlapRegion> regions, String alternative) {
        addClassName("overlap-diagram");
        List<Spot> centres = segments.size() == 2 ? TWO : THREE;
        StringBuilder svg = new StringBuilder("<svg viewBox='20 0 320 ")
                .append(segments.size() == 2 ? 220 : 304)
                .append("' aria-hidden='true'>");
        for (int i = 0; i < segments.size(); i++) {
            svg.append("<circle cx='%s' cy='%s' r='%s' class='overlap-circle overlap-%d'></circle>"
                    .formatted(centres.get(i).x(), centres.get(i).y(), RADIUS, i + 1));
        }
        regions.forEach(region ->
                svg.append(text(middle(segments, centres, region.in()), "figure", Formats.number(region.customers()))));
        for (int i = 0; i < segments.size(); i++) {
            svg.append(text(label(segments.size(), i), "name", letter(i)));
        }
        // As text, for Flow writes names of attributes in lower case; figures and letters are all that is in it.
        getElement().setProperty("innerHTML", svg.append("</svg>").toString());
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", alternative);
    }

    private static String text(Spot spot, String kind, String words) {
        return "<text x='%s' y='%s' class='overlap-%s'>%s</text>".formatted(spot.x(), spot.y(), kind, words);
    }

    /** What stands for a segment in the diagram and the table. */
    static String letter(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private static Spot label(int count, int index) {
        return switch (index) {
            case 0 -> new Spot(48, 42);
            case 1 -> new Spot(312, 42);
            default -> new Spot(264, count == 2 ? 200 : 280);
        };
    }

    /** The middle of its circles, drawn away from the middle of the others. */
    private static Spot middle(List<SegmentRef> segments, List<Spot> centres, Set<SegmentId> in) {
        List<Integer> inside = IntStream.range(0, segments.size())
                .filter(i -> in.contains(segments.get(i).id()))
                .boxed()
                .toList();
        double x =
                inside.stream().mapToDouble(i -> centres.get(i).x()).average().orElse(0);
        double y =
                inside.stream().mapToDouble(i -> centres.get(i).y()).average().orElse(0);
        if (inside.size() == segments.size()) {
            return new Spot(x, y);
        }
        double allX = centres.stream().mapToDouble(Spot::x).average().orElse(0);
        double allY = centres.stream().mapToDouble(Spot::y).average().orElse(0);
        double away = inside.size() == 1 ? 1.5 : 2;
        return new Spot(allX + (x - allX) * away, allY + (y - allY) * away);
    }
}
