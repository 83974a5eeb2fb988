package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** The imports of this business, the latest first: what, by whom, when, and what came of it. */
class ImportHistory extends Div {

    private static final int AT_ONCE = 10;
    /** Checks stand between the imports and are left out. */
    private static final int LOOKED_AT = 20;

    private final transient ImportJobs jobs;
    private final ZoneId zone;
    private final UnorderedList list = new UnorderedList();
    private final Button earlier = new Button(t("customers.import.history_earlier"), e -> showMore());
    private int shown = AT_ONCE;

    ImportHistory(ImportJobs jobs, ZoneId zone) {
        this.jobs = jobs;
        this.zone = zone;
        addClassName("import-history");
        H2 title = new H2(t("customers.import.history"));
        title.addClassName("section-title");
        list.addClassName("import-history-list");
        add(title, list, earlier);
        show();
    }

    private void showMore() {
        shown += AT_ONCE;
        show();
    }

    private void show() {
        List<ImportJob> imports = jobs.latest(shown * LOOKED_AT).stream()
                .filter(job -> !job.dryRun())
                .limit(shown + 1L)
                .toList();
        list.removeAll();
        imports.stream().limit(shown).forEach(job -> list.add(row(job)));
        earlier.setVisible(imports.size() > shown);
        setVisible(!imports.isEmpty());
    }

    private ListItem row(ImportJob job) {
        Anchor file = new Anchor("customers/import?job=" + job.id(), job.source());
        file.getElement().setAttribute("router-link", true);
        file.addClassName("import-history-file");
        Span what = new Span(t(
                "customers.import.history_what",
                t("customers.import.kind." + job.kind().name().toLowerCase(Locale.ROOT)),
                job.startedBy(),
                Formats.dateTime(job.queuedAt(), zone)));
        what.addClassName("import-history-what");
        Span counts = new Span(ImportTexts.inShort(job));
        counts.addClassName("import-history-counts");
        return new ListItem(
                new Div(file, what), counts, new StatusBadge(ImportTexts.state(job), ImportTexts.tone(job)));
    }
}
