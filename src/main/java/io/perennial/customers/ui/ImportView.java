package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.Permission;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportFiles;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportState;
import io.perennial.customers.ImportUndo;
import io.perennial.uikit.Card;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From a file to customers: one page whose parts open as they become answerable. */
@Route("customers/import")
@RolesAllowed(Permission.Names.CUSTOMER_IMPORT)
class ImportView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient CustomerImports imports;
    private final transient ImportJobs jobs;
    private final transient ImportUndo undo;
    private final transient ImportFiles files;

    private final Div upload = new Div();
    private final RadioButtonGroup<ImportKind> kind = new RadioButtonGroup<>();
    private final ImportFormatForm format = new ImportFormatForm(this::reread);
    private final ImportPreview preview = new ImportPreview();
    private final ImportMappingForm mapping = new ImportMappingForm(this::forgetCheck);
    private final Checkbox createMissing = new Checkbox(t("customers.import.create_missing"));
    private final Paragraph problem = new Paragraph();
    private final Button check = new Button(t("customers.import.check"), e -> check());
    private final Div understood = new Div();
    private final Div progress = new Div();
    private final Div next = new Div();
    private final ImportNeeds needs = new ImportNeeds();
    private @Nullable UploadedFile file;
    private transient @Nullable CsvInspection inspection;

    ImportView(CustomerImports imports, ImportJobs jobs, ImportUndo undo, ImportFiles files) {
        this.imports = imports;
        this.undo = undo;
        this.files = files;
        this.jobs = jobs;
        addClassName("page");
        RouterLink back = new RouterLink(t("customers.import.back"), CustomersView.class);
        back.addClassName("button-link");
        add(new PageHead(t("customers.import.title"), t("customers.import.lead"), back));
        upload.add(new FileUpload(files, this::arrived));
        problem.addClassNames("import-problem", "tone-bad");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        kind.setLabel(t("customers.import.kind"));
        kind.addClassName("import-kind");
        kind.setItems(ImportKind.values());
        kind.setItemLabelGenerator(k -> t("customers.import.kind." + k.name().toLowerCase(Locale.ROOT)));
        kind.addValueChangeListener(e -> showMapping());
        createMissing.addValueChangeListener(e -> forgetCheck());
        check.addThemeVariants(ButtonVariant.PRIMARY);
        understood.addClassName("import-understood");
        understood.add(
                Card.titled(t("customers.import.file_section"), kind, format, preview),
                Card.titled(
                        t("customers.import.mapping_section"),
                        new Paragraph(t("customers.import.mapping_hint")),
                        mapping,
                        createMissing),
                check);
        understood.setVisible(false);
        next.addClassName("import-next");
        add(upload, problem, needs, understood, progress, next);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        event.getLocation()
                .getQueryParameters()
                .getSingleParameter("job")
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> jobs.find(Long.parseLong(id)))
                .ifPresent(job -> {
                    needs.setVisible(false);
                    follow(job.id());
                });
    }

    @Override
    public String getPageTitle() {
        return t("customers.import.title");
    }

    /** A file that was looked at only is of no more use. */
    @Override
    protected void onDetach(DetachEvent event) {
        discard();
    }

    private void discard() {
        UploadedFile uploaded = file;
        if (uploaded != null) {
            ImportFiles.discard(uploaded.path());
            file = null;
        }
    }

    void arrived(Path path, String name) {
        discard();
        file = new UploadedFile(path.toString(), name);
        forgetCheck();
        read(null);
        if (inspection != null) {
            format.show(inspection.format());
            kind.setValue(inspection.guessKind());
            createMissing.setValue(false);
            showMapping();
        }
    }

    private void reread(CsvFormat changed) {
        read(changed);
        showMapping();
    }

    private void read(@Nullable CsvFormat given) {
        UploadedFile uploaded = file;
        if (uploaded == null) {
            return;
        }
        try {
            inspection = given == null ? imports.inspect(uploaded.path()) : imports.inspect(uploaded.path(), given);
            problem.setVisible(false);
            understood.setVisible(true);
            needs.setVisible(false);
            preview.show(inspection);
            if (inspection.tooWide()) {
                complain(t("customers.import.too_wide"));
            } else if (inspection.looksUnseparated()) {
                complain(t("customers.import.one_column"));
            }
        } catch (ImportRefused e) {
            inspection = null;
            understood.setVisible(false);
            complain(java.util.Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    private void showMapping() {
        forgetCheck();
        CsvInspection seen = inspection;
        if (seen != null && kind.getValue() != null) {
            mapping.show(seen, kind.getValue());
            createMissing.setVisible(kind.getValue() == ImportKind.ORDERS);
        }
    }

    private void check() {
        start(options().asDryRun());
    }

    private void start(ImportOptions options) {
        UploadedFile uploaded = file;
        if (uploaded == null) {
            return;
        }
        next.removeAll();
        long job = jobs.start(kind.getValue(), uploaded.path(), mapping.mapping(), options);
        if (!options.dryRun()) {
            needs.setVisible(false);
            file = null; // the job owns it from here
            upload.setVisible(false);
            understood.setVisible(false);
            getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, "customers/import?job=" + job));
        }
        follow(job);
    }

    private void follow(long job) {
        progress.removeAll();
        progress.add(new ImportJobCard(jobs, new ImportActions(jobs, undo, files, () -> follow(job)), job, this::over));
    }

    private void over(ImportJob job) {
        next.removeAll();
        if (!job.dryRun()) {
            Button another = new Button(
                    t("customers.import.another"),
                    e -> getUI().orElseThrow().getPage().setLocation("customers/import"));
            RouterLink see = new RouterLink(t("customers.import.see_customers"), CustomersView.class);
            see.addClassNames("button-link", "primary");
            next.add(see, another);
            return;
        }
        long useful = job.counts().created() + job.counts().updated();
        if (job.state() == ImportState.DONE && file != null && useful > 0) {
            String key = "customers.import.do." + job.kind().name().toLowerCase(Locale.ROOT);
            Button go = new Button(t(key, useful), e -> start(options()));
            go.addThemeVariants(ButtonVariant.PRIMARY);
            go.setDisableOnClick(true);
            next.add(go);
        } else if (job.state() == ImportState.DONE) {
            boolean empty = job.counts().rows() == 0;
            next.add(new Paragraph(t(empty ? "customers.import.no_rows" : "customers.import.nothing_new")));
        }
    }

    private void forgetCheck() {
        progress.removeAll();
        next.removeAll();
    }

    private void complain(String text) {
        problem.setText(text);
        problem.setVisible(true);
    }

    private ImportOptions options() {
        UploadedFile uploaded = java.util.Objects.requireNonNull(file);
        ImportOptions options = ImportOptions.of(uploaded.name(), format.format());
        return createMissing.getValue() && kind.getValue() == ImportKind.ORDERS
                ? options.creatingMissingCustomers()
                : options;
    }

    /** A file on this server and what the person calls it. */
    private record UploadedFile(String location, String name) implements java.io.Serializable {
        Path path() {
            return Path.of(location);
        }
    }
}
