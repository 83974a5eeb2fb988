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
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/** The imports of this business, the latest first: what, by whom, when, and what came of it. */
class ImportHistory extends Div {

    private static final int AT_ONCE = 10;

    private final transient ImportJobs jobs;
    private final transient Predicate<ImportJob> undone;
    private final ZoneId zone;
    private final UnorderedList list = new UnorderedList();
    private final Button earlier = new Button(t("customers.import.history_earlier"), e -> showMore());
    private long last;

    /** @param undone whether an import was taken back whole */
    ImportHistory(ImportJobs jobs, ZoneId zone, Predicate<ImportJob> undone) {
        this.jobs = jobs;
        this.undone = undone;
        this.zone = zone;
        addClassName("import-history");
        H2 title = new H2(t("customers.import.history"));
        title.addClassName("section-title");
        list.addClassName("import-history-list");
        add(title, list, earlier);
        showMore();
        setVisible(list.getComponentCount() > 0);
    }

    private void showMore() {
        List<ImportJob> imports = jobs.imports(last, AT_ONCE + 1);
        imports.stream().limit(AT_ONCE).forEach(job -> {
            list.add(row(job));
            last = job.id();
        });
        earlier.setVisible(imports.size() > AT_ONCE);
    }

    private ListItem row(ImportJob job) {
        Anchor file = new Anchor("customers/import?job=" + job.id(), job.source());
        file.getElement().setAttribute("router-link", true);
        file.addClassName("import-history-file");
        Span what = new Span(ImportTexts.what(job, zone));
        what.addClassName("import-history-what");
        Span counts = new Span(ImportTexts.inShort(job));
        counts.addClassName("import-history-counts");
        return new ListItem(new Div(file, what), counts, ImportTexts.badge(job, undone.test(job)));
    }
}
