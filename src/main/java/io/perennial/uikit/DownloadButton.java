package io.perennial.uikit;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import java.util.function.Consumer;

/**
 * A button that asks something first and downloads then. A link alone can ask nothing: while a browser waits for a file, all
 * that can be done is to fail.
 */
public final class DownloadButton extends Span {

    private final Button button;

    /**
     * @param ask is given what follows the link, and does it once the answer allows
     * @param file what the link leads to
     */
    public DownloadButton(String words, Consumer<Runnable> ask, DownloadHandler file) {
        Anchor link = new Anchor(file, "");
        link.setDownload(true);
        // Hidden in the browser alone: what the server holds invisible serves nothing.
        link.getElement().setAttribute("hidden", true);
        button = new Button(words, e -> ask.accept(() -> link.getElement().executeJs("this.click()")));
        add(button, link);
    }

    /** The one thing that its dialog is for. */
    public DownloadButton primary() {
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return this;
    }
}
