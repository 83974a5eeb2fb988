package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportKind;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkState;
import io.perennial.customers.bulk.BulkUndo;

/** Makes a list of the customers of an import, shows how far that is, and then leads there. */
class ImportToList extends Div {

    private final Anchor open = new Anchor("", t("customers.import.list_open"));
    private final transient BulkJobs jobs;
    private long bulkJob;

    ImportToList(BulkJobs jobs, BulkUndo undo, CustomerLists lists, ImportJob job) {
        this.jobs = jobs;
        addClassName("import-to-list");
        open.setRouterIgnore(false);
        open.setVisible(false);
        BulkProgress progress = new BulkProgress(jobs, undo, this::over);
        Button make = new Button(
                t("customers.import.list_make"),
                e -> new ImportListDialog(jobs, lists, job, (begun, list) -> {
                            bulkJob = begun;
                            open.setHref("segments/" + list + "/people");
                            open.setVisible(false);
                            progress.follow(begun);
                        })
                        .open());
        add(make, progress, open);
    }

    /** Whether there is anybody to put on a list, and this person may. */
    static boolean isPossible(ImportJob job, BulkJobs jobs) {
        return (job.kind() == ImportKind.CUSTOMERS || job.kind() == ImportKind.ORDERS)
                && CurrentStaff.may(Permission.SEGMENT_WRITE)
                && jobs.knowsCustomersOf(job.id());
    }

    private void over() {
        boolean done = jobs.find(bulkJob)
                .filter(job -> job.state() == BulkState.DONE || job.changed() > 0)
                .isPresent();
        open.setVisible(done);
    }
}
