package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.Customers;
import io.perennial.customers.ImportFiles;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportState;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.SavedMappings;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkUndo;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import jakarta.annotation.security.RolesAllowed;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a file to customers: one page whose parts open as they become answerable. */
@Route("customers/import")
@RolesAllowed(Permission.Names.CUSTOMER_IMPORT)
class ImportView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient CustomerImports imports;
    private final transient ImportJobs jobs;
    private final transient ImportUndo undo;
    private final transient ImportFiles files;
    private final transient BulkJobs bulk;
    private final transient BulkUndo bulkUndo;
    private final transient CustomerLists lists;
    private final transient Customers customers;
    private final transient Backstage backstage;
    private final ZoneId zone;

    private final Div upload = new Div();
    private final Paragraph problem = new Paragraph();
    private final ImportSetup setup;
    private final Div understood = new Div();
    private final Div progress = new Div();
    private final Div next = new Div();
    private final ImportNeeds needs = new ImportNeeds();
    private final ImportHistory history;
    private @Nullable UploadedFile file;

    ImportView(
            CustomerImports imports,
            ImportJobs jobs,
            ImportUndo undo,
            SavedMappings saved,
            CustomerAttributes attributes,
            AttributeDefinitions definitions,
            ImportFiles files,
            BulkJobs bulk,
            BulkUndo bulkUndo,
            CustomerLists lists,
            Customers customers,
            Backstage backstage,
            Businesses businesses) {
        this.imports = imports;
        this.undo = undo;
        this.files = files;
        this.bulk = bulk;
        this.bulkUndo = bulkUndo;
        this.lists = lists;
        this.jobs = jobs;
        this.customers = customers;
        this.backstage = backstage;
        zone = businesses.current().zone();
        history = new ImportHistory(jobs, Reader.zone(zone), actions(() -> {})::isUndone);
        setup = new ImportSetup(saved, attributes, definitions, zone, this::reread, this::readOther, this::forgetCheck);
        addClassName("page");
        RouterLink back = new RouterLink(t("customers.import.back"), CustomersView.class);
        back.addClassName("button-link");
        add(new PageHead(t("customers.import.title"), t("customers.import.lead"), back));
        upload.add(new FileUpload(files, this::arrived));
        problem.addClassNames("import-problem", "tone-bad");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        Button check = new Button(t("customers.import.check"), e -> check());
        check.addThemeVariants(ButtonVariant.PRIMARY);
        understood.addClassName("import-understood");
        understood.add(setup, check);
        understood.setVisible(false);
        next.addClassName("import-next");
        add(upload, problem, needs, understood, progress, next, history);
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
                    history.setVisible(false);
                    upload.setVisible(false); // another file begins another page
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
        read(imports::inspect).ifPresent(seen -> setup.arrived(seen, name));
    }

    private void reread(CsvFormat changed) {
        read(path -> imports.inspect(path, changed)).ifPresent(setup::reread);
    }

    private void readOther(CsvFormat chosen) {
        read(path -> imports.inspectPart(path, chosen))
                .ifPresent(
                        seen -> setup.arrived(seen, Objects.requireNonNull(file).name()));
    }

    private Optional<CsvInspection> read(Function<Path, CsvInspection> way) {
        UploadedFile uploaded = file;
        if (uploaded == null) {
            return Optional.empty();
        }
        try {
            CsvInspection seen = way.apply(uploaded.path());
            problem.setVisible(false);
            understood.setVisible(true);
            needs.setVisible(false);
            history.setVisible(false);
            if (seen.tooWide()) {
                complain(t("customers.import.too_wide"));
            } else if (seen.looksUnseparated()) {
                complain(t("customers.import.one_column"));
            }
            return Optional.of(seen);
        } catch (ImportRefused e) {
            understood.setVisible(false);
            complain(Objects.requireNonNullElse(e.getMessage(), ""));
            return Optional.empty();
        }
    }

    private void check() {
        UploadedFile uploaded = file;
        if (uploaded != null) {
            start(setup.options(uploaded.name()).asDryRun());
        }
    }

    private void start(ImportOptions options) {
        UploadedFile uploaded = file;
        if (uploaded == null) {
            return;
        }
        forgetCheck();
        long job;
        try {
            job = jobs.start(setup.kind(), uploaded.path(), setup.mapping(), options);
        } catch (ImportRefused e) {
            refuse(Objects.requireNonNullElse(e.getMessage(), ""));
            return;
        }
        if (!options.dryRun()) {
            setup.remember(options);
            needs.setVisible(false);
            file = null; // the job owns it from here
            upload.setVisible(false);
            understood.setVisible(false);
            getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, "customers/import?job=" + job));
        }
        follow(job).takeFocus();
    }

    private ImportJobCard follow(long job) {
        forgetCheck();
        ImportJobCard card = new ImportJobCard(jobs, actions(() -> follow(job).takeFocus()), job, this::over);
        progress.add(card);
        showProgress();
        return card;
    }

    private void refuse(String why) {
        Paragraph words = new Paragraph(why);
        words.addClassNames("import-problem", "tone-bad");
        words.getElement().setAttribute("role", "alert");
        progress.add(words);
        showProgress();
    }

    /** What was asked for stands below a long form: nobody should have to look for it. */
    private void showProgress() {
        progress.getElement().executeJs("requestAnimationFrame(() => this.scrollIntoView({block: 'nearest'}))");
    }

    private ImportActions actions(Runnable again) {
        return new ImportActions(
                jobs, undo, files, backstage, id -> customers.find(id).map(Customer::displayName), zone, again);
    }

    private void over(ImportJob job) {
        next.removeAll();
        if (job.state().canGoOn() && !job.dryRun()) {
            return; // its own buttons are what comes next
        }
        if (!job.dryRun()) {
            Button another = new Button(
                    t("customers.import.another"),
                    e -> getUI().orElseThrow().getPage().setLocation("customers/import"));
            RouterLink see = new RouterLink(t("customers.import.see_customers"), CustomersView.class);
            see.addClassNames("button-link", "primary");
            next.add(see, another);
            if (ImportToList.isPossible(job, bulk)) {
                next.add(new ImportToList(bulk, bulkUndo, lists, job));
            }
            return;
        }
        long useful = job.counts().created() + job.counts().updated();
        UploadedFile uploaded = file;
        if (job.state() == ImportState.DONE && uploaded != null && useful > 0) {
            String key = "customers.import.do." + job.kind().name().toLowerCase(Locale.ROOT);
            Button go = new Button(t(key, useful), e -> start(setup.options(uploaded.name())));
            go.addThemeVariants(ButtonVariant.PRIMARY);
            go.setDisableOnClick(true);
            next.add(go);
            // The card grew by what the check found: the button below it is what comes next.
            next.getElement().executeJs("setTimeout(() => this.scrollIntoView({block: 'end'}), 100)");
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

    /** A file on this server and what the person calls it. */
    private record UploadedFile(String location, String name) implements java.io.Serializable {
        Path path() {
            return Path.of(location);
        }
    }
}
