package io.perennial.content.ui;

import com.vaadin.flow.component.html.IFrame;
import java.util.regex.Pattern;

/** Shows a mail as a mail program would, in a frame that may run nothing, open nothing and reach nothing of ours. */
class MailFrame extends IFrame {

    private static final Pattern DARK_QUERY = Pattern.compile("\\(\\s*prefers-color-scheme\\s*:\\s*dark\\s*\\)");

    MailFrame(String title) {
        addClassName("mail-frame");
        setSandbox(SandboxType.RESTRICT_ALL);
        getElement().setAttribute("title", title);
        getElement().setAttribute("loading", "lazy");
        getElement().setAttribute("referrerpolicy", "no-referrer");
    }

    /**
     * Shows a mail.
     *
     * @param dark as a mail program in dark mode would, whatever the console's own mode is
     */
    void show(String html, boolean dark) {
        String asked = DARK_QUERY.matcher(html).replaceAll(dark ? "(min-width:0)" : "(max-width:0)");
        // A link of the mail wants a new window, which the sandbox refuses: the preview stays where it is.
        setSrcdoc(asked.replaceFirst("<head>", "<head><base target=\"_blank\">"));
    }

    /** A picture of the mail for a card: not to be reached by keyboard or read aloud. */
    static MailFrame thumbnail(String html) {
        MailFrame frame = new MailFrame("");
        frame.addClassName("mail-thumbnail");
        frame.getElement().setAttribute("tabindex", "-1");
        frame.getElement().setAttribute("aria-hidden", "true");
        frame.show(html, false);
        return frame;
    }
}
