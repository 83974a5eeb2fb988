package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.Permission;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.ImportFiles;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportState;
import io.perennial.customers.RejectReason;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import jakarta.annotation.security.RolesAllowed;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a file to customers: one page whose parts open as they become answerable. */
@Route("customers/import")
@RolesAllowed(Permission.Names.CUSTOMER_IMPORT)
class ImportView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient ImportServices services;
    private final Div upload = new Div();
    private final Paragraph problem = new Paragraph();
    private final ImportSetup setup;
    private final Div understood = new Div();
    private final ImportStage stage;
    private final ImportNeeds needs = new ImportNeeds();
    private final ImportHistory history;
    private @Nullable UploadedFile file;

    ImportView(ImportServices services) {
        this.services = services;
        ZoneId zone = services.zone();
        stage = new ImportStage(services, this::afterCheck);
        history = new ImportHistory(services.jobs(), Reader.zone(zone), stage.actions(() -> {})::isUndone);
        setup = new ImportSetup(
                services.mappings(),
                services.attributes(),
                services.definitions(),
                zone,
                this::reread,
                this::readOther,
                stage::clear);
        addClassName("page");
        RouterLink back = new RouterLink(t("customers.import.back"), CustomersView.class);
        back.addClassName("button-link");
        add(new PageHead(t("customers.import.title"), t("customers.import.lead"), back));
        upload.add(new FileUpload(services.files(), this::arrived));
        problem.addClassNames("import-problem", "tone-bad");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        Button check = new Button(t("customers.import.check"), e -> check());
        check.addThemeVariants(ButtonVariant.PRIMARY);
        understood.addClassName("import-understood");
        understood.add(setup, check);
        understood.setVisible(false);
        add(upload, problem, needs, understood, stage, history);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters asked = event.getLocation().getQueryParameters();
        Optional<String> wanted = asked.getSingleParameter("job");
        wanted.filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> services.jobs().find(Long.parseLong(id)))
                .ifPresentOrElse(
                        job -> {
                            needs.setVisible(false);
                            history.setVisible(false);
                            upload.setVisible(false); // another file begins another page
                            stage.follow(
                                    job.id(),
                                    asked.getSingleParameter("left-out").flatMap(RejectReason::read));
                        },
                        () -> wanted.ifPresent(id -> complain(t("customers.import.not_there"))));
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
        stage.clear();
        read(services.imports()::inspect).ifPresent(seen -> setup.arrived(seen, name));
    }

    private void reread(CsvFormat changed) {
        read(path -> services.imports().inspect(path, changed)).ifPresent(setup::reread);
    }

    private void readOther(CsvFormat chosen) {
        read(path -> services.imports().inspectPart(path, chosen))
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
        stage.clear();
        long job;
        try {
            job = services.jobs().start(setup.kind(), uploaded.path(), setup.mapping(), options);
        } catch (ImportRefused e) {
            stage.refuse(Objects.requireNonNullElse(e.getMessage(), ""));
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
        stage.follow(job, Optional.empty()).takeFocus();
    }

    private List<Component> afterCheck(ImportJob job) {
        long useful = job.counts().created() + job.counts().updated();
        UploadedFile uploaded = file;
        if (job.state() != ImportState.DONE) {
            return List.of();
        }
        if (uploaded != null && useful > 0) {
            String key = "customers.import.do." + job.kind().name().toLowerCase(Locale.ROOT);
            Button go = new Button(t(key, useful), e -> start(setup.options(uploaded.name())));
            go.addThemeVariants(ButtonVariant.PRIMARY);
            go.setDisableOnClick(true);
            return List.of(go);
        }
        boolean empty = job.counts().rows() == 0;
        return List.of(new Paragraph(t(empty ? "customers.import.no_rows" : "customers.import.nothing_new")));
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
