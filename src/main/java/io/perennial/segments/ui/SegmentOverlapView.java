package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.segments.InvalidRule;
import io.perennial.segments.Membership;
import io.perennial.segments.OverlapRegion;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.SegmentSize;
import io.perennial.segments.Segments;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a segment overlaps with one or two others. */
@Route("segments/:segment([0-9]{1,18})/overlap")
@RolesAllowed(Permission.Names.SEGMENT_READ)
class SegmentOverlapView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final int MOST_OTHERS = 2;

    private final transient Segments segments;
    private final transient Membership membership;
    private String title = "";

    SegmentOverlapView(Segments segments, Membership membership) {
        this.segments = segments;
        this.membership = membership;
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        try {
            SegmentId id = new SegmentId(
                    Long.parseLong(event.getRouteParameters().get("segment").orElse("0")));
            show(segments.open(id), event.getLocation().getQueryParameters());
        } catch (NoSuchElementException e) {
            title = t("segments.not_found_title");
            Button back =
                    new Button(t("segments.back"), click -> UI.getCurrent().navigate(SegmentsView.class));
            add(new EmptyState(VaadinIcon.GROUP, title, t("segments.not_found"), back));
        }
    }

    private void show(SegmentDetails segment, QueryParameters query) {
        title = segment.name();
        List<SegmentRef> others = segments.list().stream()
                .filter(other -> !other.id().equals(segment.id()))
                .toList();
        Set<String> wanted = Set.of(query.getSingleParameter("with").orElse("").split(","));
        List<SegmentRef> chosen = others.stream()
                .filter(other -> wanted.contains(other.id().toString()))
                .limit(MOST_OTHERS)
                .toList();
        add(
                new PageHead(title, t("segments.overlap.lead")),
                SegmentPages.links(segment, SegmentPages.overlap(segment.id())));
        if (others.isEmpty()) {
            add(new EmptyState(VaadinIcon.GROUP, t("segments.overlap.alone_title"), t("segments.overlap.alone")));
            return;
        }
        add(picker(segment.id(), others, chosen));
        if (!chosen.isEmpty()) {
            List<SegmentRef> compared = new ArrayList<>(List.of(segments.require(segment.id())));
            compared.addAll(chosen);
            add(comparison(compared));
        }
    }

    private static Component picker(SegmentId segment, List<SegmentRef> others, List<SegmentRef> chosen) {
        MultiSelectComboBox<SegmentRef> picker = new MultiSelectComboBox<>(t("segments.overlap.with"));
        picker.addClassName("why-picker");
        picker.setPlaceholder(t("segments.overlap.placeholder"));
        picker.setItemLabelGenerator(SegmentRef::name);
        picker.setItems(others);
        picker.setValue(Set.copyOf(chosen));
        picker.setHelperText(t("segments.overlap.most"));
        picker.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
        picker.addValueChangeListener(e -> {
            if (!e.isFromClient()) {
                return;
            }
            String with = e.getValue().stream()
                    .limit(MOST_OTHERS)
                    .map(other -> other.id().toString())
                    .collect(Collectors.joining(","));
            UI.getCurrent().navigate(SegmentPages.overlap(segment), QueryParameters.simple(Map.of("with", with)));
        });
        return picker;
    }

    private Component comparison(List<SegmentRef> compared) {
        Map<SegmentId, SegmentSize> sizes = membership.sizes();
        boolean counted = compared.stream()
                .allMatch(s -> sizes.containsKey(s.id()) && sizes.get(s.id()).members() != null);
        if (!counted) {
            return new Paragraph(t("segments.overlap.counting"));
        }
        List<OverlapRegion> regions =
                membership.overlap(compared.stream().map(SegmentRef::id).toList());
        long all = regions.stream().mapToLong(OverlapRegion::customers).sum();
        if (all == 0) {
            return new Paragraph(t("segments.overlap.nobody", compared.size()));
        }
        String answer = t(
                "segments.overlap.answer",
                Formats.number(regions.getLast().customers()),
                Formats.number(all),
                Formats.percent((double) regions.getLast().customers() / all, 1),
                compared.size());
        Paragraph words = new Paragraph(answer);
        words.addClassName("chart-answer");
        Div sides = new Div(new OverlapDiagram(compared, regions, answer), table(compared, regions, all));
        sides.addClassName("overlap-sides");
        Div card = new Div(words, sides);
        card.addClassName("card");
        return card;
    }

    private Component table(List<SegmentRef> compared, List<OverlapRegion> regions, long all) {
        Element table = new Element("table");
        table.appendChild(new Element("caption").setText(t("segments.overlap.table")));
        Element head = new Element("tr");
        Stream.of("segments.overlap.region", "segments.overlap.customers", "segments.overlap.share")
                .forEach(key -> head.appendChild(
                        new Element("th").setAttribute("scope", "col").setText(t(key))));
        boolean mayMake = CurrentStaff.may(Permission.SEGMENT_WRITE);
        if (mayMake) {
            head.appendChild(new Element("td"));
        }
        table.appendChild(new Element("thead").appendChild(head));
        Element body = new Element("tbody");
        for (OverlapRegion region : regions) {
            String name = name(compared, region, true);
            Element line = new Element("tr");
            line.appendChild(new Element("th").setAttribute("scope", "row").setText(name));
            line.appendChild(new Element("td").setText(Formats.number(region.customers())));
            line.appendChild(new Element("td").setText(Formats.percent((double) region.customers() / all, 1)));
            if (mayMake && region.customers() == 0) {
                line.appendChild(new Element("td"));
            } else if (mayMake) {
                Button make = new Button(t("segments.overlap.make"), e -> make(compared, region));
                make.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
                make.setAriaLabel(t("segments.overlap.make_of", name));
                line.appendChild(new Element("td").appendChild(make.getElement()));
            }
            body.appendChild(line);
        }
        table.appendChild(body);
        Div scroller = new Div();
        scroller.addClassNames("data-table", "overlap-table");
        scroller.getElement().setAttribute("tabindex", "0");
        scroller.getElement().setAttribute("role", "region");
        scroller.getElement().setAttribute("aria-label", t("segments.overlap.table"));
        scroller.getElement().appendChild(table);
        return scroller;
    }

    private void make(List<SegmentRef> compared, OverlapRegion region) {
        try {
            List<SegmentId> in = compared.stream()
                    .map(SegmentRef::id)
                    .filter(region.in()::contains)
                    .toList();
            List<SegmentId> out = compared.stream()
                    .map(SegmentRef::id)
                    .filter(id -> !region.in().contains(id))
                    .toList();
            SegmentRef made = segments.createOf(name(compared, region, false), in, out);
            Toasts.success(t("segments.overlap.made", made.name()));
            UI.getCurrent().navigate(SegmentPages.rule(made.id()));
        } catch (InvalidRule e) {
            Toasts.error(t("segments.overlap.too_long"));
        }
    }

    /** "Regulars (A) and Quiet (B), not in New (C)". */
    private static String name(List<SegmentRef> compared, OverlapRegion region, boolean withLetters) {
        String and = " " + t("segments.words.and") + " ";
        String in = names(compared, region, true, withLetters, and);
        String out = names(compared, region, false, withLetters, " " + t("segments.words.or") + " ");
        return out.isEmpty() ? in : t("segments.overlap.without", in, out);
    }

    private static String names(
            List<SegmentRef> compared, OverlapRegion region, boolean in, boolean withLetters, String between) {
        return compared.stream()
                .filter(s -> region.in().contains(s.id()) == in)
                .map(s -> withLetters ? s.name() + " (" + OverlapDiagram.letter(compared.indexOf(s)) + ")" : s.name())
                .collect(Collectors.joining(between));
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
