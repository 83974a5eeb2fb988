package io.perennial.content;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.content.rendering.TemplateCompiler;
import io.perennial.content.rendering.TemplateCompiler.Inspection;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps, checks and compiles the mail templates of the current tenant. */
@Service
public class Templates implements TemplateDirectory {

    private final MailTemplates templates;
    private final Businesses businesses;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;

    Templates(MailTemplates templates, Businesses businesses, AuditLog audit, ApplicationEventPublisher events) {
        this.events = events;
        this.templates = templates;
        this.businesses = businesses;
        this.audit = audit;
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('content:read')")
    public List<TemplateRef> list() {
        boolean addressSet = hasAddress(businesses.current());
        return templates.findAllByOrderByName().stream()
                .map(template -> template.ref(addressSet))
                .toList();
    }

    /** As {@link #list()}, with everything the list page shows. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('content:read')")
    public List<SavedTemplate> all() {
        return templates.findAllByOrderByName().stream()
                .map(MailTemplate::saved)
                .toList();
    }

    // These five keep the caller's transaction when they refuse: who asks about a mail that is broken or gone goes on.

    @Override
    @Transactional(
            readOnly = true,
            noRollbackFor = {NoSuchElementException.class, IllegalStateException.class})
    @PreAuthorize("hasAuthority('content:read')")
    public TemplateRef require(TemplateId id) {
        return find(id).ref(hasAddress(businesses.current()));
    }

    /**
     * Opens one for editing or showing.
     *
     * @throws NoSuchElementException if the current tenant has no such template
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('content:read')")
    public SavedTemplate open(TemplateId id) {
        return find(id).saved();
    }

    @Override
    @Transactional(
            readOnly = true,
            noRollbackFor = {NoSuchElementException.class, IllegalStateException.class})
    @PreAuthorize("hasAuthority('content:read')")
    public List<TemplateProblem> check(TemplateId id) {
        return compiler(businesses.current()).inspect(find(id).source()).problems();
    }

    @Override
    @Transactional(
            readOnly = true,
            noRollbackFor = {NoSuchElementException.class, IllegalStateException.class})
    @PreAuthorize("hasAuthority('content:read')")
    public CompiledTemplate compile(TemplateId id) {
        return compile(find(id).source());
    }

    @Override
    @Transactional(
            readOnly = true,
            noRollbackFor = {NoSuchElementException.class, IllegalStateException.class})
    @PreAuthorize("hasAuthority('content:read')")
    public TemplateSnapshot snapshot(TemplateId id) {
        return find(id).source();
    }

    @Override
    @Transactional(
            readOnly = true,
            noRollbackFor = {NoSuchElementException.class, IllegalStateException.class})
    @PreAuthorize("hasAuthority('content:read')")
    public CompiledTemplate compile(TemplateSnapshot snapshot) {
        Inspection inspection = compiler(businesses.current()).inspect(snapshot);
        CompiledTemplate compiled = inspection.template();
        if (compiled == null || !inspection.sendable()) {
            throw new IllegalStateException(inspection.problems().stream()
                    .filter(TemplateProblem::blocking)
                    .map(TemplateProblem::message)
                    .findFirst()
                    .orElse("The template does not compile"));
        }
        return compiled;
    }

    /** Checks and compiles what is being written, saved or not. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('content:read')")
    public Inspection inspect(TemplateSnapshot text) {
        return compiler(businesses.current()).inspect(text);
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('content:write')")
    public TemplateRef save(String name, String subject, String preheader, String mjml) {
        Business business = businesses.current();
        MailTemplate template = templates.findByName(clean(name)).orElseGet(() -> new MailTemplate(clean(name)));
        write(template, new TemplateSnapshot(subject, preheader, mjml, null), business);
        return template.ref(hasAddress(business));
    }

    /**
     * Keeps a new template. Where the name is taken, a number is added.
     *
     * @param name wished for
     */
    @Transactional
    @PreAuthorize("hasAuthority('content:write')")
    public SavedTemplate create(String name, TemplateSnapshot text) {
        MailTemplate template = new MailTemplate(freeName(clean(name)));
        return write(template, text, businesses.current()).saved();
    }

    /**
     * Saves what was edited.
     *
     * @param version of the {@link SavedTemplate} the editing began with
     * @throws TemplateChangedMeanwhile if somebody saved it since
     * @throws TemplateNameTaken if another one has that name
     */
    @Transactional
    @PreAuthorize("hasAuthority('content:write')")
    public SavedTemplate update(TemplateId id, long version, String name, TemplateSnapshot text) {
        MailTemplate template = find(id);
        if (template.version() != version) {
            throw new TemplateChangedMeanwhile(template.author(), template.updatedAt());
        }
        String wanted = clean(name);
        Optional<MailTemplate> namesake = templates.findByName(wanted);
        if (namesake.isPresent() && !namesake.get().templateId().equals(id)) {
            throw new TemplateNameTaken(wanted);
        }
        template.rename(wanted);
        return write(template, text, businesses.current()).saved();
    }

    /** Takes it away for good. Campaigns keep what was frozen for them; they and promotions name no template any more. */
    @Transactional
    @PreAuthorize("hasAuthority('content:write')")
    public void delete(TemplateId id) {
        MailTemplate template = find(id);
        events.publishEvent(new TemplateDeleted(CurrentTenant.require(), id));
        templates.delete(template);
        audit.record(TemplateDeed.DELETED, id.value(), template.name());
    }

    private MailTemplate write(MailTemplate template, TemplateSnapshot text, Business business) {
        boolean ready = new TemplateCompiler(business.locale(), business.currency(), true)
                .inspect(text)
                .sendable();
        String author = CurrentStaff.actorName().orElse("Perennial");
        boolean isNew = template.author().isEmpty();
        AuditChanges changes = AuditChanges.none()
                .and("content.deed.subject", isNew ? null : template.source().subject(), text.subject());
        template.write(text, ready, author);
        MailTemplate saved = templates.saveAndFlush(template);
        audit.record(
                isNew ? TemplateDeed.MADE : TemplateDeed.CHANGED,
                saved.templateId().value(),
                saved.name(),
                changes);
        return saved;
    }

    private MailTemplate find(TemplateId id) {
        return templates.findOneById(id.value()).orElseThrow(() -> new NoSuchElementException("No template " + id));
    }

    private String freeName(String wanted) {
        String free = wanted;
        for (int i = 2; templates.findByName(free).isPresent(); i++) {
            String number = " " + i;
            free = wanted.substring(0, Math.min(wanted.length(), 120 - number.length())) + number;
        }
        return free;
    }

    /** A name of 1 to 120 characters on one line. */
    private static String clean(String name) {
        String clean = name.replaceAll("\\p{Cntrl}+", " ").strip();
        if (clean.isEmpty()) {
            throw new IllegalArgumentException("A template needs a name");
        }
        return clean.length() <= 120 ? clean : clean.substring(0, 120).strip();
    }

    private static TemplateCompiler compiler(Business business) {
        return new TemplateCompiler(business.locale(), business.currency(), hasAddress(business));
    }

    private static boolean hasAddress(Business business) {
        String address = business.postalAddress();
        return address != null && !address.isBlank();
    }
}
