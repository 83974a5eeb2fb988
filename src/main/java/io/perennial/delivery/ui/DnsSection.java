package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.delivery.sender.SenderReport;
import io.perennial.delivery.sender.SenderReport.Advice;
import io.perennial.delivery.sender.SenderReport.Point;
import io.perennial.delivery.sender.SenderReport.Topic;
import io.perennial.delivery.sender.SenderReport.Verdict;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;

/** What the DNS says of the sender domain, and the record that puts right what is wrong. */
class DnsSection extends SendingGroup {

    private final Button again;

    DnsSection(Runnable check) {
        super("dns", t("delivery.sending.step_dns"), t("delivery.sending.dns_why"));
        again = new Button(t("delivery.sending.dns_again"), e -> check.run());
        again.setDisableOnClick(true);
    }

    void asking() {
        again.setEnabled(false);
        UnorderedList list = new UnorderedList();
        list.addClassName("dns-points");
        list.getElement().setAttribute("aria-busy", "true");
        for (Topic topic : Topic.values()) {
            Div line = new Div();
            line.addClassName("campaign-skeleton");
            ListItem item = new ListItem(new StatusBadge(t("delivery.sending.topic_" + topic), Tone.NEUTRAL), line);
            list.add(item);
        }
        fill(new Paragraph(t("delivery.sending.dns_asking")), list);
    }

    void failed() {
        again.setEnabled(true);
        fill(new Paragraph(t("delivery.sending.dns_failed")), again);
    }

    void show(SenderReport report) {
        again.setEnabled(true);
        UnorderedList list = new UnorderedList();
        list.addClassName("dns-points");
        boolean unknown = report.points().stream().allMatch(point -> point.verdict() == Verdict.UNKNOWN);
        if (unknown) {
            fill(
                    new Paragraph(t(
                            "delivery.sending.dns_nobody_answers",
                            report.points().getFirst().args().getFirst())),
                    again);
            return;
        }
        report.points().forEach(point -> list.add(item(point)));
        Span asked = new Span(
                report.domain().equals(report.envelope())
                        ? t("delivery.sending.dns_asked", report.domain())
                        : t("delivery.sending.dns_asked_both", report.domain(), report.envelope()));
        asked.addClassName("soft");
        Div bar = new Div(asked, again);
        bar.addClassName("sending-bar");
        fill(bar, list);
    }

    private static ListItem item(Point point) {
        StatusBadge badge =
                new StatusBadge(t("delivery.sending.topic_" + point.topic()), SenderStanding.tone(point.verdict()));
        Span word = new Span(t("delivery.sending.verdict_" + point.verdict()));
        word.addClassName("soft");
        Div head = new Div(badge, word);
        head.addClassName("dns-head");
        ListItem item = new ListItem(
                head,
                new Paragraph(
                        t("delivery.sending.point." + point.key(), point.args().toArray())));
        Advice advice = point.advice();
        if (advice != null && point.topic() != Topic.DKIM) {
            item.add(new Paragraph(
                    advice.instead() == null
                            ? t("delivery.sending.add_record")
                            : t("delivery.sending.change_record", advice.instead())));
            item.add(new DnsRecord(advice.name(), advice.value()));
        }
        return item;
    }
}
