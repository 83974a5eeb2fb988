package io.perennial.sample;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.IFrame;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.TabSheet;
import io.perennial.uikit.Formats;
import java.time.ZoneId;

/** One caught mail: as its receiver sees it, its text part, and its source. */
class MailDialog extends Dialog {

    MailDialog(CaughtMail mail, ZoneId zone) {
        addClassName("mail-dialog");
        setHeaderTitle(mail.subject());
        Button close = new Button(VaadinIcon.CLOSE_SMALL.create(), e -> close());
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(t("sample.inbox_close"));
        getHeader().add(close);
        Paragraph envelope = new Paragraph(t(
                "sample.inbox_envelope", mail.from(), String.join(", ", mail.to()), Formats.dateTime(mail.at(), zone)));
        TabSheet parts = new TabSheet();
        mail.html().ifPresent(html -> parts.add(t("sample.inbox_html"), page(html)));
        mail.text().ifPresent(text -> parts.add(t("sample.inbox_text"), source(text)));
        parts.add(t("sample.inbox_source"), source(mail.source()));
        add(envelope, parts);
    }

    /** Without scripts and with an origin of its own, as in a mail program; its links open in a new tab and work. */
    private static Component page(String html) {
        IFrame frame = new IFrame();
        frame.setTitle(t("sample.inbox_html"));
        frame.setSandbox(IFrame.SandboxType.ALLOW_POPUPS, IFrame.SandboxType.ALLOW_POPUPS_TO_ESCAPE_SANDBOX);
        frame.setSrcdoc("<base target=\"_blank\">" + html);
        return frame;
    }

    private static Component source(String text) {
        return new Pre(text);
    }
}
