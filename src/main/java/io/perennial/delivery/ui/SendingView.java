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
import io.perennial.delivery.sender.SenderDomain;
import io.perennial.delivery.sender.SenderReport;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** How a business's mails leave and why receivers should believe them: server, keys, what the DNS says. */
@Route(SendingSettings.HREF)
@RolesAllowed(Permission.Names.SETTINGS_READ)
class SendingView extends Main implements HasDynamicTitle {

    private final SenderServers servers;
    private final SenderDomain domain;
    private final Backstage backstage;
    private final SendingSteps steps;
    private final DnsSection dns;
    private final KeySection keys;

    SendingView(
            SenderServers servers,
            SenderDomain domain,
            SettingsParts parts,
            Backstage backstage,
            ObjectProvider<SendingStep> more) {
        this.servers = servers;
        this.domain = domain;
        this.backstage = backstage;
        boolean mayChange = CurrentStaff.may(Permission.SETTINGS_WRITE);
        addClassNames("page", "settings", "sending");
        add(
                new PageHead(
                        t("delivery.sending.title"),
                        t(mayChange ? "delivery.sending.lead" : "delivery.sending.lead_read_only")),
                parts.nav(SendingSettings.HREF));
        steps = new SendingSteps(more.orderedStream().toList());
        dns = new DnsSection(this::check);
        keys = new KeySection(domain, backstage, mayChange, this::keysChanged);
        Optional<String> name = domain.name();
        ServerSection server = new ServerSection(
                servers, backstage, mayChange, name.orElse(""), () -> steps.server(servers.current()));
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

    private void check() {
        UI ui = UI.getCurrent();
        dns.asking();
        steps.asking();
        backstage.read(ui, domain::check, report -> report.ifPresent(this::show), e -> {
            dns.failed();
            steps.unknown();
        });
    }

    private void show(SenderReport report) {
        dns.show(report);
        steps.dns(report);
        // A key whose record was seen just now is in use from now on.
        keys.show(report.domain(), domain.keys());
        steps.keys(domain.keys());
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
