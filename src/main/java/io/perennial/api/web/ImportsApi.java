package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportPolicy;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportRejects;
import io.perennial.customers.ImportUndo;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Files of customers, orders, consents and suppressions. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/imports", produces = "application/json")
class ImportsApi {

    private final CustomerImports imports;
    private final ImportJobs jobs;
    private final ImportRejects rejected;
    private final ImportUndo undos;
    private final ImportColumns columns;
    private final Cursors cursors;

    ImportsApi(
            CustomerImports imports,
            ImportJobs jobs,
            ImportRejects rejected,
            ImportUndo undos,
            ImportColumns columns,
            Cursors cursors) {
        this.imports = imports;
        this.jobs = jobs;
        this.rejected = rejected;
        this.undos = undos;
        this.columns = columns;
        this.cursors = cursors;
    }

    /** The latest first; without dry runs. */
    @GetMapping
    @Needs(Permission.CUSTOMER_IMPORT)
    Listed<ImportView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        return cursors.page(
                "imports",
                jobs.imports(cursors.read("imports", cursor, 0), limit + 1),
                limit,
                ImportJob::id,
                ImportView::of);
    }

    @GetMapping("/{import}")
    @Needs(Permission.CUSTOMER_IMPORT)
    ImportView get(@PathVariable("import") @Positive long id) {
        return ImportView.of(require(id));
    }

    /**
     * Takes a file and works on it in the background. How it is written is found out from its beginning, what its columns
     * mean from their names.
     *
     * @param map FIELD=name of the column, where its name does not say what it is; a business's own attributes by their keys
     */
    @PostMapping(
            consumes = {
                "text/csv",
                "text/plain",
                "text/tab-separated-values",
                "application/octet-stream",
                "application/zip",
                "application/gzip",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            })
    @ApiResponse(responseCode = "202", description = "It is worked on")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = FileForm.class))
            })
    @Needs(Permission.CUSTOMER_IMPORT)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ImportView> start(
            @RequestParam ImportKind kind,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean createCustomers,
            @RequestParam(required = false) @Size(max = 200) @Nullable String source,
            @RequestParam(required = false) @Nullable List<String> map,
            HttpServletRequest request) {
        Path file = (Path) Objects.requireNonNull(request.getAttribute(ReadBody.FILE));
        long id;
        try {
            CsvInspection seen = imports.inspect(file);
            ImportMapping mapping = columns.mapping(kind, seen, map);
            ImportOptions options = new ImportOptions(
                    name(source, request), seen.format(), dryRun, createCustomers, ImportPolicy.STANDARD);
            id = jobs.startTaking(kind, file, mapping, options);
        } catch (ImportRefused e) {
            throw Refused.invalid("#", String.valueOf(e.getMessage()));
        }
        return ResponseEntity.accepted()
                .location(URI.create(ApiSecurity.ROOT + "/imports/" + id))
                .body(ImportView.of(require(id)));
    }

    /** A form with the file. */
    record FileForm(
            @Schema(type = "string", format = "binary") String file) {}

    /** What was imported stays, and can be undone. */
    @PostMapping("/{import}/cancel")
    @Needs(Permission.CUSTOMER_IMPORT)
    ImportView cancel(@PathVariable("import") @Positive long id) {
        require(id);
        if (!jobs.cancel(id)) {
            throw new Refused(ApiProblem.Kind.CONFLICT, "It is over already.");
        }
        return ImportView.of(require(id));
    }

    /** Stops for a while, behind the rows that are being written; it goes on when asked to. A check cannot be paused. */
    @PostMapping("/{import}/pause")
    @Needs(Permission.CUSTOMER_IMPORT)
    ImportView pause(@PathVariable("import") @Positive long id) {
        ImportJob job = require(id);
        if (!jobs.pause(id)) {
            throw new Refused(
                    ApiProblem.Kind.CONFLICT,
                    job.dryRun()
                            ? "A check of a file cannot be paused. Cancel it, and send the file again later."
                            : "It is " + require(id).state() + ", so there is nothing to pause.");
        }
        return ImportView.of(require(id));
    }

    /** Goes on with an import that was paused, or interrupted by the stop of its server. Nothing is imported twice. */
    @PostMapping("/{import}/resume")
    @ApiResponse(responseCode = "202", description = "It is worked on")
    @Needs(Permission.CUSTOMER_IMPORT)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ImportView resume(@PathVariable("import") @Positive long id) {
        ImportJob job = require(id);
        if (job.dryRun() || !job.state().canGoOn()) {
            throw new Refused(
                    ApiProblem.Kind.CONFLICT,
                    "It is " + job.state() + ". Only an import that is PAUSED or INTERRUPTED goes on"
                            + (job.dryRun() ? ", not a check of a file." : "."));
        }
        try {
            if (!jobs.resume(id)) {
                throw new Refused(ApiProblem.Kind.CONFLICT, noFile(id));
            }
        } catch (ImportRefused e) {
            throw new Refused(ApiProblem.Kind.CONFLICT, String.valueOf(e.getMessage()));
        }
        return ImportView.of(require(id));
    }

    private String noFile(long id) {
        return jobs.hasFile(id)
                ? "It went on meanwhile, or was stopped for good."
                : "Its file is not on the server that answers you. Choose the same file in the console to go on, or send it"
                        + " here anew: what was imported already stays as it is.";
    }

    /** The rows that were left out, as a CSV file: line, column and reason, then their cells. */
    @GetMapping(path = "/{import}/rejects", produces = "text/csv")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Needs(Permission.CUSTOMER_IMPORT)
    void rejects(@PathVariable("import") @Positive long id, HttpServletResponse response) throws IOException {
        require(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"rejects-" + id + ".csv\"");
        rejected.write(id, response.getOutputStream());
    }

    /** Customers and orders of an import, within seven days of its end. */
    @PostMapping("/{import}/undo")
    @ApiResponse(responseCode = "202", description = "It is worked on")
    @Needs(Permission.CUSTOMER_IMPORT)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<UndoView> undo(@PathVariable("import") @Positive long id) {
        require(id);
        try {
            undos.undo(id);
        } catch (ImportRefused e) {
            throw new Refused(ApiProblem.Kind.CONFLICT, String.valueOf(e.getMessage()));
        }
        return ResponseEntity.accepted().body(undone(id));
    }

    @GetMapping("/{import}/undo")
    @Needs(Permission.CUSTOMER_IMPORT)
    UndoView undone(@PathVariable("import") @Positive long id) {
        return UndoView.of(id, undos.find(id).orElseThrow(() -> Refused.notFound("Import " + id + " was not undone.")));
    }

    private ImportJob require(long id) {
        return jobs.find(id).orElseThrow(() -> Refused.notFound("No import " + id + " here."));
    }

    private static String name(@Nullable String source, HttpServletRequest request) {
        String name = source != null && !source.isBlank() ? source : (String) request.getAttribute(ReadBody.NAME);
        String clean = name == null ? "" : name.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.isEmpty() ? "API" : clean.length() > 200 ? clean.substring(0, 200) : clean;
    }
}
