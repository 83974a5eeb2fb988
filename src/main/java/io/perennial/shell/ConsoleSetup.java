package io.perennial.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.OwnProfile;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What each page of the console gets: the chosen colours from the first paint on, the mark, the reader's way of
 * writing dates, and kind errors. */
@Component
class ConsoleSetup implements VaadinServiceInitListener {

    private final StepUp stepUp;
    private final OwnProfile profile;

    ConsoleSetup(StepUp stepUp, OwnProfile profile) {
        this.stepUp = stepUp;
        this.profile = profile;
    }

    /** As its reader wants dates and times, or as their browser asks where they did not say. */
    private void prepare(UI ui) {
        List<Locale> wanted =
                new ArrayList<>(Collections.list(VaadinRequest.getCurrent().getLocales()));
        if (CurrentStaff.find().isPresent()) {
            OwnProfile.Reading reading = profile.reading();
            if (reading.locale() != null) {
                wanted.addFirst(reading.locale());
            }
            Reader.choose(ui, reading.zone());
        }
        ui.setLocale(ConsoleLocale.of(wanted));
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
            ConsolePolicy.protect(page);
        });
        event.getSource().addUIInitListener(init -> prepare(init.getUI()));
        event.getSource()
                .addSessionInitListener(init -> init.getSession().setErrorHandler(new UnexpectedErrors(stepUp)));
    }
}
