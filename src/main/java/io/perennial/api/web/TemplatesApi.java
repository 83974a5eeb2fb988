package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.content.SavedTemplate;
import io.perennial.content.TemplateChangedMeanwhile;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateNameTaken;
import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateRef;
import io.perennial.content.TemplateSnapshot;
import io.perennial.content.Templates;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Mail templates. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/templates", produces = "application/json")
class TemplatesApi {

    private final Templates templates;
    private final Cursors cursors;

    TemplatesApi(Templates templates, Cursors cursors) {
        this.templates = templates;
        this.cursors = cursors;
    }

    /** @param sendable whether nothing keeps it from being sent */
    record TemplateEntry(String id, String name, boolean sendable) {}

    /**
     * A template whole.
     *
     * @param mjml the body: MJML with Liquid
     * @param text the plain-text part; null where it is made from the body
     * @param version to be given back with a change
     * @param problems what is wrong with it
     */
    record TemplateView(
            String id,
            String name,
            String subject,
            String preheader,
            String mjml,
            @Nullable String text,
            long version,
            Instant updatedAt,
            String updatedBy,
            List<ProblemView> problems) {}

    /** @param line from 1; 0 where it is the whole part */
    record ProblemView(TemplateProblem.Part part, int line, boolean blocking, String message) {}

    /**
     * A template as a program writes it.
     *
     * @param version the one that was read, for a change: without it nothing is overwritten; not for a new one
     */
    record TemplateInput(
            @NotBlank @Size(max = 120) String name,
            @NotBlank @Size(max = 500) String subject,
            @Size(max = 500) @Nullable String preheader,
            @NotBlank @Size(max = 500_000) String mjml,
            @Size(max = 200_000) @Nullable String text,
            @Nullable Long version) {

        /** What is left of a name that is all control characters is none. */
        TemplateInput named() {
            if (name.replaceAll("\\p{Cntrl}+", "").isBlank()) {
                throw Refused.invalid("#/name", "A template needs a name.");
            }
            return this;
        }

        TemplateSnapshot snapshot() {
            return new TemplateSnapshot(subject, Objects.requireNonNullElse(preheader, ""), mjml, text);
        }
    }

    @GetMapping
    @Needs(Permission.CONTENT_READ)
    Listed<TemplateEntry> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        long after = cursors.read("templates", cursor, 0);
        List<TemplateRef> read = templates.list().stream()
                .filter(t -> t.id().value() > after)
                .sorted(Comparator.comparingLong(t -> t.id().value()))
                .limit(limit + 1L)
                .toList();
        return cursors.page(
                "templates",
                read,
                limit,
                t -> t.id().value(),
                t -> new TemplateEntry(t.id().toString(), t.name(), t.sendable()));
    }

    @GetMapping("/{template}")
    @Needs(Permission.CONTENT_READ)
    TemplateView get(@PathVariable @Positive long template) {
        return view(templates.open(new TemplateId(template)));
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED) // for the description
    @Needs({Permission.CONTENT_READ, Permission.CONTENT_WRITE})
    ResponseEntity<TemplateView> create(@RequestBody @Valid TemplateInput input) {
        if (input.version() != null) {
            throw Refused.invalid("#/version", "A new template has no version yet.");
        }
        SavedTemplate made = templates.create(input.named().name(), input.snapshot());
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create(ApiSecurity.ROOT + "/templates/" + made.id()))
                .body(view(made));
    }

    @PutMapping(path = "/{template}", consumes = "application/json")
    @Needs({Permission.CONTENT_READ, Permission.CONTENT_WRITE})
    TemplateView update(@PathVariable @Positive long template, @RequestBody @Valid TemplateInput input) {
        if (input.version() == null) {
            throw Refused.invalid("#/version", "Give the version that was read, so that nobody's work is overwritten.");
        }
        try {
            return view(templates.update(
                    new TemplateId(template), input.version(), input.named().name(), input.snapshot()));
        } catch (TemplateChangedMeanwhile e) {
            throw new Refused(ApiProblem.Kind.CONFLICT, "Somebody saved it since that version. Read it anew.");
        } catch (TemplateNameTaken e) {
            throw new Refused(ApiProblem.Kind.CONFLICT, "Another template has this name.");
        }
    }

    private TemplateView view(SavedTemplate saved) {
        return new TemplateView(
                saved.id().toString(),
                saved.name(),
                saved.text().subject(),
                saved.text().preheader(),
                saved.text().mjml(),
                saved.text().text(),
                saved.version(),
                saved.updatedAt(),
                saved.updatedBy(),
                templates.check(saved.id()).stream()
                        .map(p -> new ProblemView(p.part(), p.line(), p.blocking(), p.message()))
                        .toList());
    }
}
