package io.perennial.shell;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.perennial.accounts.StepUp;
import java.util.Collections;
import org.springframework.stereotype.Component;

/** What each page of the console gets: the chosen colours from the first paint on, the mark, the reader's way of
 * writing dates, and kind errors. */
@Component
class ConsoleSetup implements VaadinServiceInitListener {

    private final StepUp stepUp;

    ConsoleSetup(StepUp stepUp) {
        this.stepUp = stepUp;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addIndexHtmlRequestListener(page -> {
            SchemeChoice choice = SchemeChoice.of(page.getVaadinRequest());
            if (choice != SchemeChoice.SYSTEM) {
                page.getDocument()
                        .getElementsByTag("html")
                        .attr("theme", choice.value().getThemeValue())
                        .attr("style", "color-scheme: " + choice.value().getValue());
            }
            page.getDocument()
                    .head()
                    .appendElement("link")
                    .attr("rel", "icon")
                    .attr("type", "image/svg+xml")
                    .attr("href", "images/mark.svg");
        });
        event.getSource()
                .addUIInitListener(init -> init.getUI()
                        .setLocale(ConsoleLocale.of(
                                Collections.list(VaadinRequest.getCurrent().getLocales()))));
        event.getSource()
                .addSessionInitListener(init -> init.getSession().setErrorHandler(new UnexpectedErrors(stepUp)));
    }
}
