package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.perennial.accounts.Backstage;
import io.perennial.delivery.sender.SenderServer;
import io.perennial.delivery.sender.SenderServer.Draft;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.delivery.sender.ServerProbe.Finding;
import io.perennial.uikit.Toasts;
import java.util.Optional;
import java.util.function.Consumer;

/** Which mail server takes the mails: the installation's, or one of the business's own. */
class ServerSection extends SendingGroup {

    private final SenderServers servers;
    private final Backstage backstage;
    private final boolean mayChange;
    private final String domain;
    private final Consumer<Optional<SenderServer>> changed;
    private final RadioButtonGroup<Boolean> which = new RadioButtonGroup<>();
    private final ServerForm form;
    private final Div installation = new Div();
    private final Div own = new Div();
    private final Div result = new Div();
    private final Button test = new Button(t("delivery.sending.test"), e -> test());

    /** @param domain of the From, in punycode; empty for none */
    ServerSection(
            SenderServers servers,
            Backstage backstage,
            boolean mayChange,
            String domain,
            Consumer<Optional<SenderServer>> changed) {
        super("server", t("delivery.sending.step_server"), t("delivery.sending.server_why"));
        this.servers = servers;
        this.backstage = backstage;
        this.mayChange = mayChange;
        this.domain = domain;
        this.changed = changed;
        this.form = new ServerForm(mayChange);
        which.setLabel(t("delivery.sending.which"));
        which.setItems(false, true);
        which.setItemLabelGenerator(
                own -> t(own ? "delivery.sending.which_own" : "delivery.sending.which_installation"));
        which.setReadOnly(!mayChange);
        which.addValueChangeListener(e -> choose(Boolean.TRUE.equals(e.getValue())));
        result.getElement().setAttribute("aria-live", "polite");
        fill(which, installation, own);
        show(servers.current());
    }

    private void show(Optional<SenderServer> current) {
        boolean ownInUse = current.map(SenderServer::inUse).orElse(false);
        form.show(current.orElse(null));
        result.removeAll();
        current.map(SenderServer::finding).ifPresent(finding -> result.add(new Found(finding, form.draft())));
        installation.removeAll();
        installation.add(new Paragraph(
                domain.isEmpty()
                        ? t("delivery.sending.installation_words_plain")
                        : t("delivery.sending.installation_words", domain)));
        if (ownInUse && mayChange) {
            Button back = new Button(t("delivery.sending.use_installation"), e -> use(false));
            back.addThemeVariants(ButtonVariant.PRIMARY);
            installation.add(back);
        }
        own.removeAll();
        own.add(form);
        if (mayChange) {
            Button save =
                    new Button(t(ownInUse ? "delivery.sending.save" : "delivery.sending.save_and_use"), e -> save());
            save.addThemeVariants(ButtonVariant.PRIMARY);
            test.setDisableOnClick(true);
            Div deeds = new Div(save, test);
            deeds.addClassName("sending-bar");
            own.add(deeds);
        }
        own.add(result);
        which.setValue(ownInUse);
        choose(ownInUse);
    }

    private void choose(boolean wantOwn) {
        installation.setVisible(!wantOwn);
        own.setVisible(wantOwn);
    }

    private void use(boolean useOwn) {
        servers.use(useOwn);
        Optional<SenderServer> now = servers.current();
        show(now);
        changed.accept(now);
        Toasts.success(t("delivery.sending.uses_installation"));
    }

    private void save() {
        Draft draft = form.checked();
        if (draft == null) {
            return;
        }
        try {
            servers.save(draft);
        } catch (SenderServers.Refused e) {
            form.refused(String.valueOf(e.getMessage()));
            return;
        }
        Optional<SenderServer> now = servers.current();
        show(now);
        changed.accept(now);
        Toasts.success(t("delivery.sending.saved"));
        test();
    }

    /** @param now the settings after the test, which remember it */
    private record Tested(Finding finding, Optional<SenderServer> now) {}

    private void test() {
        Draft draft = form.checked();
        if (draft == null) {
            test.setEnabled(mayChange);
            return;
        }
        test.setEnabled(false);
        result.removeAll();
        result.add(new Paragraph(t("delivery.sending.testing", draft.host(), String.valueOf(draft.port()))));
        backstage.read(
                UI.getCurrent(),
                () -> {
                    Finding finding = servers.test(draft);
                    return new Tested(finding, servers.current());
                },
                tested -> {
                    test.setEnabled(true);
                    result.removeAll();
                    result.add(new Found(tested.finding(), draft));
                    changed.accept(tested.now());
                },
                e -> {
                    test.setEnabled(true);
                    result.removeAll();
                    if (e instanceof SenderServers.Refused) {
                        form.refused(String.valueOf(e.getMessage()));
                    } else {
                        result.add(new Paragraph(t("delivery.sending.test_failed")));
                    }
                });
    }
}
