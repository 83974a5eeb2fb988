package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentInUse;
import io.perennial.segments.UsedBy.Weight;
import io.perennial.uikit.Toasts;

/** What can be done with a segment as a whole, the same on each of its pages. */
class SegmentMenu extends MenuBar {

    private final transient SegmentServices services;
    private final transient SegmentDetails segment;
    private final Runnable leaving;

    /**
     * @param withUse whether it has the way to a campaign, for phones: elsewhere that stands beside it
     * @param leaving told before the page is left for good, so that it asks nothing about unsaved work
     */
    SegmentMenu(SegmentServices services, SegmentDetails segment, boolean withUse, Runnable leaving) {
        this.services = services;
        this.segment = segment;
        this.leaving = leaving;
        SubMenu menu = addItem(t("segments.more")).getSubMenu();
        if (withUse) {
            Location campaign = new Location(SegmentPages.campaign(segment.id()));
            menu.addItem(
                            t("segments.use"),
                            e -> UI.getCurrent().navigate(campaign.getPath(), campaign.getQueryParameters()))
                    .addClassName("only-narrow");
        }
        boolean mayWrite = CurrentStaff.may(Permission.SEGMENT_WRITE);
        if (mayWrite && segment.list()) {
            menu.addItem(t("segments.rename"), e -> new RenameDialog(services, segment, this::again).open());
        }
        if (mayWrite && !segment.list()) {
            menu.addItem(
                    t("segments.duplicate"),
                    e -> UI.getCurrent()
                            .navigate(
                                    "segments/new",
                                    QueryParameters.of("copy", segment.id().toString())));
        }
        if (mayWrite) {
            menu.addItem(
                    t(segment.list() ? "segments.list.copy" : "segments.list.freeze"),
                    e -> new FreezeDialog(services, segment).open());
        }
        if (CurrentStaff.may(Permission.CUSTOMER_EXPORT)) {
            menu.addItem(
                    t("segments.export"),
                    e -> services.proof().then(() -> new MembersExportDialog(services, segment).open()));
        }
        if (mayWrite) {
            if (segment.isArchived()) {
                menu.addItem(t("segments.restore"), e -> restore());
            } else {
                menu.addItem(t("segments.archive"), e -> archive());
            }
            menu.addItem(t("segments.delete"), e -> confirmDelete());
        }
        setVisible(!menu.getItems().isEmpty());
    }

    private void archive() {
        SegmentId id = segment.id();
        try {
            services.archive().archive(id);
            leaving.run();
            UI.getCurrent().navigate(SegmentsView.class);
            Toasts.success(t("segments.archived_now", segment.name()), t("segments.undo_archive"), () -> {
                services.archive().restore(id);
                UI.getCurrent().navigate(SegmentPages.people(id));
            });
        } catch (SegmentInUse e) {
            new UsesDialog(t("segments.in_use_archive", segment.name()), e.uses()).open();
        }
    }

    private void restore() {
        services.archive().restore(segment.id());
        Toasts.success(t("segments.restored_now", segment.name()));
        again();
    }

    private void again() {
        UI.getCurrent().refreshCurrentRoute(false);
    }

    private void confirmDelete() {
        boolean needed = services.archive().usesOf(segment.id()).stream().anyMatch(use -> use.weight() != Weight.NAMES);
        if (needed) {
            refuseToDelete(new SegmentInUse(services.archive().usesOf(segment.id())));
            return;
        }
        ConfirmDialog dialog = new ConfirmDialog(
                t("segments.delete_title", segment.name()),
                t(segment.list() ? "segments.list.delete_text" : "segments.delete_text"),
                t(segment.list() ? "segments.list.delete_confirm" : "segments.delete_confirm"),
                e -> delete());
        dialog.setConfirmButtonTheme("error primary");
        dialog.setCancelable(true);
        dialog.setCancelText(t("segments.cancel"));
        dialog.open();
    }

    private void delete() {
        try {
            services.archive().delete(segment.id());
            leaving.run();
            Toasts.success(t("segments.deleted", segment.name()));
            UI.getCurrent().navigate(SegmentsView.class);
        } catch (SegmentInUse e) {
            refuseToDelete(e);
        }
    }

    private void refuseToDelete(SegmentInUse use) {
        new UsesDialog(t("segments.in_use_delete", segment.name()), use.uses()).open();
    }
}
