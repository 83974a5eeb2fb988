package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.customers.bulk.BulkJob;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkUndo;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was done to many customers at once, the latest first: by whom, when, to how many; undone from here. */
@Route("customers/changes")
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class BulkView extends Main implements HasDynamicTitle {

    private static final int AT_ONCE = 20;

    private final transient BulkJobs jobs;
    private final transient BulkUndo undo;
    private final ZoneId zone;
    private final BulkProgress progress;
    private final Div content = new Div();
    private final UnorderedList rows = new UnorderedList();
    private final Button earlier = new Button(t("bulk.history.earlier"), e -> showMore());
    private long last;

    BulkView(BulkJobs jobs, BulkUndo undo, Businesses businesses) {
        this.jobs = jobs;
        this.undo = undo;
        this.zone = Reader.zone(businesses.current().zone());
        addClassName("page");
        rows.addClassName("bulk-history");
        progress = new BulkProgress(jobs, undo, this::show);
        add(
                new PageHead(t("bulk.history.title"), t("bulk.history.lead")),
                CustomersNav.of("customers/changes"),
                progress,
                content);
        show();
    }

    @Override
    public String getPageTitle() {
        return t("bulk.history.title");
    }

    private void show() {
        content.removeAll();
        rows.removeAll();
        last = Long.MAX_VALUE;
        showMore();
        if (rows.getComponentCount() == 0) {
            content.add(new EmptyState(VaadinIcon.LIST_SELECT, t("bulk.history.empty"), t("bulk.history.empty_hint")));
        } else {
            content.add(rows, earlier);
        }
    }

    private void showMore() {
        List<BulkJob> found = jobs.before(last, AT_ONCE + 1);
        List<BulkJob> page = found.subList(0, Math.min(AT_ONCE, found.size()));
        Map<Long, Instant> possible = undo.possibleUntil(page);
        Set<Long> undone = undo.undone(page);
        page.forEach(job -> rows.add(row(job, undone.contains(job.id()), possible.get(job.id()))));
        if (!page.isEmpty()) {
            last = page.getLast().id();
        }
        earlier.setVisible(found.size() > AT_ONCE);
    }

    private ListItem row(BulkJob job, boolean undone, @Nullable Instant until) {
        Span name = new Span(BulkWords.deed(job));
        name.addClassName("bulk-history-name");
        Span what = new Span(t("bulk.history.what", job.changed(), job.by(), Formats.dateTime(job.queuedAt(), zone)));
        what.addClassName("bulk-history-what");
        Div words = new Div(name, what);
        StatusBadge badge = undone
                ? new StatusBadge(t("bulk.history.state.undone"), Tone.INFO)
                : new StatusBadge(t("bulk.history.state." + BulkBar.word(job.state())), BulkWords.tone(job));
        ListItem row = new ListItem(words, badge);
        if (until != null) {
            Button take = new Button(t("bulk.undo"), e -> new BulkUndoDialog(undo, job, this::follow).open());
            take.setAriaLabel(t("bulk.undo.of", BulkWords.deed(job)));
            Span term = new Span(t("bulk.undo.until", Formats.dateTime(until, zone)));
            term.addClassName("bulk-history-what");
            words.add(term);
            row.add(take);
        }
        return row;
    }

    private void follow(long job) {
        progress.follow(job);
        show();
    }
}
