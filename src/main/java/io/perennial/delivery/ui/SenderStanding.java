package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Backstage;
import io.perennial.delivery.sender.SenderDomain;
import io.perennial.delivery.sender.SenderReport;
import io.perennial.delivery.sender.SenderReport.Topic;
import io.perennial.delivery.sender.SenderReport.Verdict;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the DNS says of the sender's domain, in a line, and the way to the page that puts it right. */
class SenderStanding extends Div {

    private static final List<Topic> TOPICS = List.of(Topic.SPF, Topic.DKIM, Topic.DMARC);

    private final String name;
    private final transient SenderDomain domain;
    private final transient Backstage backstage;
    private @Nullable Registration asked;

    SenderStanding(String name, SenderDomain domain, Backstage backstage) {
        this.name = name;
        this.domain = domain;
        this.backstage = backstage;
        addClassName("sender-standing");
        getElement().setAttribute("role", "status");
        add(new Paragraph(t("delivery.guide.asking", name)));
    }

    /** The DNS may take seconds; the page is there meanwhile. */
    @Override
    protected void onAttach(AttachEvent event) {
        asked = backstage.read(event.getUI(), domain::check, this::show, e -> show(Optional.empty()));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (asked != null) {
            asked.remove();
        }
    }

    void show(Optional<SenderReport> report) {
        removeAll();
        if (report.isEmpty() || TOPICS.stream().allMatch(each -> report.get().verdict(each) == Verdict.UNKNOWN)) {
            add(new Paragraph(t("delivery.guide.unknown", name)), link("delivery.guide.check"));
            return;
        }
        Div badges = new Div();
        badges.addClassName("sender-badges");
        for (Topic topic : TOPICS) {
            Verdict verdict = report.get().verdict(topic);
            Span words = new Span(t("delivery.sending.verdict_" + verdict));
            words.addClassName("soft");
            Span point = new Span(new StatusBadge(t("delivery.guide." + topic), tone(verdict)), words);
            point.addClassName("sender-point");
            badges.add(point);
        }
        long open = TOPICS.stream()
                .filter(each -> report.get().verdict(each) == Verdict.BAD)
                .count();
        add(
                new Paragraph(open == 0 ? t("delivery.guide.good", name) : t("delivery.guide.open", name, open)),
                badges,
                link(open == 0 ? "delivery.guide.check" : "delivery.guide.put_right"));
    }

    private static Anchor link(String key) {
        return new Anchor(SendingSettings.HREF + "#dns", t(key));
    }

    static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case GOOD -> Tone.GOOD;
            case ATTENTION -> Tone.ATTENTION;
            case BAD -> Tone.BAD;
            case UNKNOWN -> Tone.NEUTRAL;
        };
    }
}
