package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.DownloadButton;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.data.domain.PageRequest;

/** Who did what in this business. */
@Route("settings/audit")
@RolesAllowed(Permission.Names.AUDIT_READ)
class AuditView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient AuditTrail trail;
    private final AuditFilters filters;
    private final Button export;
    private transient AuditQuery shown = AuditQuery.all();
    private final AuditGrid grid;
    private final EmptyState none = new EmptyState(
            VaadinIcon.SEARCH,
            t("accounts.audit.none"),
            t("accounts.audit.none_hint"),
            new Button(t("accounts.audit.clear"), e -> showAll()));
    private final EmptyState empty =
            new EmptyState(VaadinIcon.BOOK, t("accounts.audit.empty"), t("accounts.audit.empty_hint"));

    AuditView(AuditTrail trail, Businesses businesses, SettingsParts parts, StepUp proof) {
        this.trail = trail;
        Business business = businesses.current();
        addClassNames("page", "settings", "audit");
        export = new Button(t("accounts.audit.export"), e -> proof.then(() -> offer(business, proof)));
        filters = new AuditFilters(trail.actors(), this::filter);
        grid = new AuditGrid(trail, Reader.zone(business.zone()));
        add(
                new PageHead(t("accounts.tab_audit"), t("accounts.audit_lead", business.name()), export),
                parts.nav("settings/audit"),
                filters,
                grid,
                none,
                empty);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        AuditQuery query = AuditQueryUrl.parse(event.getLocation().getQueryParameters());
        filters.show(query);
        show(query);
    }

    @Override
    public String getPageTitle() {
        return t("accounts.tab_audit");
    }

    private void showAll() {
        filters.show(AuditQuery.all());
        filter(AuditQuery.all());
    }

    private void filter(AuditQuery query) {
        show(query);
        String parameters = AuditQueryUrl.write(query);
        getUI().ifPresent(ui -> ui.getPage()
                .getHistory()
                .replaceState(null, "settings/audit" + (parameters.isEmpty() ? "" : "?" + parameters)));
    }

    /** For what the filters show. */
    private void offer(Business business, StepUp proof) {
        AuditQuery wanted = shown;
        Dialog dialog = new Dialog();
        dialog.setMaxWidth("min(480px, 100%)");
        dialog.setHeaderTitle(t("accounts.audit.export_title"));
        DownloadButton link = proof.download(t("accounts.audit.download"), event -> {
            event.setFileName("audit-log.csv");
            event.setContentType("text/csv;charset=UTF-8");
            AuditFile.write(trail, wanted, business.zone(), event.getOutputStream());
        });
        dialog.add(new Paragraph(t("accounts.audit.export_hint")));
        dialog.getFooter().add(new Button(t("accounts.audit.close"), e -> dialog.close()), link.primary());
        dialog.open();
    }

    private void show(AuditQuery query) {
        shown = query;
        boolean any = !trail.page(query, PageRequest.ofSize(1)).isEmpty();
        // An operator inside the business takes nothing along.
        export.setVisible(
                any && CurrentStaff.find().flatMap(StaffPrincipal::visit).isEmpty());
        grid.setVisible(any);
        filters.setVisible(any || !query.isEmpty());
        none.setVisible(!any && !query.isEmpty());
        empty.setVisible(!any && query.isEmpty());
        if (any) {
            grid.show(query);
        }
    }
}
