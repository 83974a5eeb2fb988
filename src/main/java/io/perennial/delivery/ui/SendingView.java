package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsParts;
import io.perennial.delivery.sender.DkimKey;
import io.perennial.delivery.sender.SenderDomain;
import io.perennial.delivery.sender.SenderReport;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;

/** How a business's mails leave and why receivers should believe them: server, keys, what the DNS says. */
@Route(SendingSettings.HREF)
@RolesAllowed(Permission.Names.SETTINGS_READ)
class SendingView extends Main implements HasDynamicTitle {

    private final SenderDomain domain;
    private final Backstage backstage;
    private final SendingSteps steps;
    private final DnsSection dns;
    private final KeySection keys;

    SendingView(SenderServers servers, SenderDomain domain, SettingsParts parts, Backstage backstage) {
        this.domain = domain;
        this.backstage = backstage;
        boolean mayChange = CurrentStaff.may(Permission.SETTINGS_WRITE);
        addClassNames("page", "settings", "sending");
        add(
                new PageHead(
                        t("delivery.sending.title"),
                        t(mayChange ? "delivery.sending.lead" : "delivery.sending.lead_read_only")),
                parts.nav(SendingSettings.HREF));
        steps = new SendingSteps();
        dns = new DnsSection(this::check);
        keys = new KeySection(domain, mayChange, this::make, this::keysChanged);
        Optional<String> name = domain.name();
        ServerSection server = new ServerSection(servers, backstage, mayChange, name.orElse(""), steps::server);
        add(steps, server);
        steps.server(servers.current());
        if (name.isEmpty()) {
            add(new EmptyState(
                    VaadinIcon.AT,
                    t("delivery.sending.no_sender"),
                    t("delivery.sending.no_sender_why"),
                    new Anchor("settings", t("delivery.sending.no_sender_action"))));
            steps.withoutDomain();
            return;
        }
        add(keys, dns);
        keys.show(name.get(), domain.keys());
        steps.keys(domain.keys());
        check();
    }

    /** What is read beside the page; drawing it asks no service, as the page's thread may be anybody's by then. */
    private record Seen(Optional<SenderReport> report, List<DkimKey> keys) {}

    /** A key whose record is seen now is in use from now on, so keys are read after. */
    private Seen look() {
        Optional<SenderReport> report = domain.check();
        return new Seen(report, domain.keys());
    }

    private void check() {
        asking();
        backstage.read(UI.getCurrent(), this::look, this::show, e -> unknown());
    }

    private void make(Runnable failed) {
        asking();
        backstage.read(
                UI.getCurrent(),
                () -> {
                    domain.makeKeys();
                    return look();
                },
                this::show,
                e -> {
                    unknown();
                    failed.run();
                });
    }

    private void asking() {
        dns.asking();
        steps.asking();
    }

    private void unknown() {
        dns.failed();
        steps.unknown();
    }

    private void show(Seen seen) {
        seen.report().ifPresent(report -> {
            dns.show(report);
            steps.dns(report);
            keys.show(report.domain(), seen.keys());
        });
        steps.keys(seen.keys());
    }

    private void keysChanged() {
        steps.keys(domain.keys());
        check();
    }

    @Override
    public String getPageTitle() {
        return t("delivery.sending.title");
    }
}
