package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.delivery.sender.Encryption;
import io.perennial.delivery.sender.SenderServer;
import io.perennial.delivery.sender.SenderServer.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Host, port, encryption and sign-in of a mail server. A password goes in and is never shown again. */
class ServerForm extends FormLayout {

    private static final List<Integer> USUAL = List.of(25, 465, 587);

    private final TextField host = new TextField(t("delivery.sending.host"));
    private final IntegerField port = new IntegerField(t("delivery.sending.port"));
    private final Select<Encryption> encryption = new Select<>();
    private final TextField username = new TextField(t("delivery.sending.username"));
    private final PasswordField password = new PasswordField(t("delivery.sending.password"));

    ServerForm(boolean mayChange) {
        addClassName("server-form");
        setAutoResponsive(true);
        setAutoRows(true);
        setExpandFields(true);
        setExpandColumns(true);
        setMaxColumns(2);
        setColumnWidth("14em");
        host.setPlaceholder("smtp.provider.example");
        host.setRequiredIndicatorVisible(true);
        port.setMin(1);
        port.setMax(65535);
        encryption.setLabel(t("delivery.sending.encryption"));
        encryption.setItems(Encryption.REQUIRED, Encryption.IMPLICIT, Encryption.OFFERED, Encryption.NONE);
        encryption.setItemLabelGenerator(e -> t("delivery.sending.encryption_" + e));
        encryption.addValueChangeListener(e -> {
            if (e.isFromClient() && (port.getValue() == null || USUAL.contains(port.getValue()))) {
                port.setValue(e.getValue() == Encryption.IMPLICIT ? 465 : 587);
            }
        });
        username.setHelperText(t("delivery.sending.username_hint"));
        username.getElement().setAttribute("autocomplete", "off");
        password.getElement().setAttribute("autocomplete", "new-password");
        add(host, encryption, port, username, password);
        setColspan(host, 2);
        host.setReadOnly(!mayChange);
        port.setReadOnly(!mayChange);
        encryption.setReadOnly(!mayChange);
        username.setReadOnly(!mayChange);
        password.setReadOnly(!mayChange);
    }

    void show(@Nullable SenderServer server) {
        host.setValue(server == null ? "" : server.host());
        port.setValue(server == null ? 587 : server.port());
        encryption.setValue(server == null ? Encryption.REQUIRED : server.encryption());
        username.setValue(server == null || server.username() == null ? "" : server.username());
        password.clear();
        boolean kept = server != null && server.withPassword();
        password.setHelperText(t(kept ? "delivery.sending.password_kept" : "delivery.sending.password_hint"));
        host.setInvalid(false);
        password.setInvalid(false);
    }

    Draft draft() {
        return new Draft(
                host.getValue().strip(),
                port.getValue() == null ? 0 : port.getValue(),
                encryption.getValue(),
                username.getValue().isBlank() ? null : username.getValue().strip(),
                password.getValue().isEmpty() ? null : password.getValue());
    }

    /** What is entered, or null where something is missing, which is then marked. */
    @Nullable
    Draft checked() {
        Draft draft = draft();
        if (draft.host().isEmpty()) {
            refused("host_invalid");
            return null;
        }
        if (draft.port() < 1 || draft.port() > 65535) {
            refused("port_invalid");
            return null;
        }
        host.setInvalid(false);
        port.setInvalid(false);
        password.setInvalid(false);
        return draft;
    }

    /** Marks what is wrong. */
    void refused(String key) {
        HasValidation field = switch (key) {
            case "host_invalid" -> host;
            case "port_invalid" -> port;
            default -> password;
        };
        field.setErrorMessage(t("delivery.sending.refused_" + key));
        field.setInvalid(true);
    }
}
