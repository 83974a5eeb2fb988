package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.perennial.delivery.sender.DkimKey;
import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.delivery.sender.SenderReport;
import io.perennial.delivery.sender.SenderReport.Verdict;
import io.perennial.delivery.sender.SenderServer;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.delivery.sender.ServerProbe.Finding;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.util.List;
import java.util.Optional;

/** How far the way to the inbox is prepared, in a line a step. */
class SendingSteps extends OrderedList {

    private final ListItem server = new ListItem();
    private final ListItem keys = new ListItem();
    private final ListItem dns = new ListItem();

    SendingSteps() {
        addClassName("sending-steps");
        getElement().setAttribute("aria-label", t("delivery.sending.steps"));
        add(server, keys, dns);
        ListItem warmUp = new ListItem();
        fill(
                warmUp,
                new Anchor("settings/limits", t("delivery.sending.step_warm_up")),
                Tone.NEUTRAL,
                t("delivery.sending.warm_up"));
        add(warmUp);
    }

    void server(Optional<SenderServer> own) {
        Optional<SenderServer> used = own.filter(SenderServer::inUse);
        if (used.isEmpty()) {
            step(server, "server", Tone.GOOD, t("delivery.sending.server_installation_short"));
            return;
        }
        Finding finding = used.get().finding();
        String host = used.get().host();
        if (finding == null) {
            step(server, "server", Tone.ATTENTION, t("delivery.sending.server_untested", host));
        } else if (SenderServers.isGood(finding)) {
            step(server, "server", Tone.GOOD, t("delivery.sending.server_works", host));
        } else {
            step(server, "server", Tone.BAD, t("delivery.sending.server_fails", host));
        }
    }

    void keys(List<DkimKey> all) {
        long active = all.stream().filter(key -> key.state() == State.ACTIVE).count();
        boolean waiting = all.stream().anyMatch(key -> key.state() == State.WAITING);
        if (active > 0) {
            boolean confirmed =
                    all.stream().filter(key -> key.state() == State.ACTIVE).allMatch(DkimKey::isConfirmed);
            step(
                    keys,
                    "keys",
                    confirmed ? Tone.GOOD : Tone.ATTENTION,
                    t(confirmed ? "delivery.sending.keys_sign" : "delivery.sending.keys_sign_unseen", active));
        } else {
            step(
                    keys,
                    "keys",
                    Tone.ATTENTION,
                    t(waiting ? "delivery.sending.keys_waiting" : "delivery.sending.keys_none"));
        }
    }

    void asking() {
        step(dns, "dns", Tone.NEUTRAL, t("delivery.sending.dns_asking"));
    }

    void unknown() {
        step(dns, "dns", Tone.NEUTRAL, t("delivery.sending.dns_unknown"));
    }

    void dns(SenderReport report) {
        long open = report.points().stream()
                .filter(point -> point.verdict() == Verdict.BAD || point.verdict() == Verdict.ATTENTION)
                .count();
        if (report.points().stream().allMatch(point -> point.verdict() == Verdict.UNKNOWN)) {
            unknown();
        } else if (open == 0) {
            step(dns, "dns", Tone.GOOD, t("delivery.sending.dns_good"));
        } else {
            boolean bad = report.points().stream().anyMatch(point -> point.verdict() == Verdict.BAD);
            step(dns, "dns", bad ? Tone.BAD : Tone.ATTENTION, t("delivery.sending.dns_open", open));
        }
    }

    void withoutDomain() {
        fill(keys, new Span(t("delivery.sending.step_keys")), Tone.NEUTRAL, t("delivery.sending.no_sender"));
        fill(dns, new Span(t("delivery.sending.step_dns")), Tone.NEUTRAL, t("delivery.sending.no_sender"));
    }

    private static void step(ListItem item, String part, Tone tone, String standing) {
        Anchor link = new Anchor("settings/sending#" + part, t("delivery.sending.step_" + part));
        link.setRouterIgnore(true);
        fill(item, link, tone, standing);
    }

    private static void fill(ListItem item, Component name, Tone tone, String standing) {
        item.removeAll();
        item.add(name, new StatusBadge(standing, tone));
    }
}
