package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.HttpStatusCode;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A button that downloads what needs a {@link FreshProof}. A link alone would fail without a word once the proof is too
 * old, as nothing can be asked while a browser waits for a file; so the button asks first, however long its dialog has
 * stood open, and only then follows the link.
 */
public final class ProvenDownload extends Span {

    private final Button button;

    /** @param file is asked for only with a fresh proof */
    public ProvenDownload(String words, StepUp proof, DownloadHandler file) {
        Anchor link = new Anchor((DownloadHandler) event -> answer(event, file), "");
        link.setDownload(true);
        // Hidden in the browser alone: what the server holds invisible serves nothing.
        link.getElement().setAttribute("hidden", true);
        button = new Button(words, e -> proof.then(() -> link.getElement().executeJs("this.click()")));
        add(button, link);
    }

    /** The one thing that its dialog is for. */
    public ProvenDownload primary() {
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return this;
    }

    private static void answer(DownloadEvent event, DownloadHandler file) throws IOException {
        if (FreshProof.isThere()) {
            file.handleDownloadRequest(event);
            return;
        }
        // Whoever kept the link itself: no file, and words instead of a fault.
        event.getResponse().setStatus(HttpStatusCode.FORBIDDEN.getCode());
        event.setContentType("text/plain;charset=UTF-8");
        event.getOutputStream().write(t("accounts.proof.download").getBytes(StandardCharsets.UTF_8));
    }
}
