package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.StepUp;
import io.perennial.customers.ConsentService;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkUndo;
import io.perennial.customers.exports.Exports;
import java.util.List;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** Opens the dialog for what somebody wants to do to many customers. */
@Component
class BulkDialogs {

    private final CustomerList list;
    private final CustomerAttributes attributes;
    private final CustomerLists lists;
    private final ConsentService consents;
    private final Exports exports;
    private final BulkJobs jobs;
    private final BulkUndo undo;

    BulkDialogs(
            CustomerList list,
            CustomerAttributes attributes,
            CustomerLists lists,
            ConsentService consents,
            Exports exports,
            BulkJobs jobs,
            BulkUndo undo) {
        this.list = list;
        this.attributes = attributes;
        this.lists = lists;
        this.consents = consents;
        this.exports = exports;
        this.jobs = jobs;
        this.undo = undo;
    }

    /** Shows how the latest deed goes. */
    BulkProgress progress(Runnable over) {
        return new BulkProgress(jobs, undo, over);
    }

    /**
     * Asks what is left to know and begins.
     *
     * @param count how many are selected
     * @param begun told the job's id
     */
    void open(BulkBar.Deed deed, CustomerSelection selection, long count, StepUp proof, LongConsumer begun) {
        BulkDialog dialog = new BulkDialog(jobs, undo, selection, count, deed, begun);
        switch (deed) {
            case ADD_TAG -> dialog.forTag(list, true).open();
            case REMOVE_TAG -> dialog.forTag(list, false).open();
            case SET_ATTRIBUTE -> dialog.forAttribute(attributes).open();
            case ADD_TO_LIST -> dialog.forList(lists, true).open();
            case REMOVE_FROM_LIST -> dialog.forList(lists, false).open();
            case WITHDRAW_CONSENT -> dialog.forTopic(consents).open();
            case SUPPRESS -> dialog.forReason().open();
            case ERASE -> proof.then(() -> dialog.forErasing().open());
            case EXPORT -> throw new IllegalStateException("Exports have a dialog of their own");
        }
    }

    /**
     * Asks what of these customers goes into a file, after a fresh proof.
     *
     * @param whom in words
     */
    void export(CustomerSelection selection, String whom, List<CustomerAttribute> columns, StepUp proof) {
        proof.then(() -> new ExportDialog(exports, attributes, selection, whom, columns, proof).open());
    }

    /** How many are meant, where that is counted only so far. */
    static String fitting(int found) {
        return found > CustomerList.COUNT_LIMIT
                ? t("exports.these_more", CustomerList.COUNT_LIMIT)
                : t("exports.these", found);
    }
}
