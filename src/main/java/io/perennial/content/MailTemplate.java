package io.perennial.content;

import io.perennial.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A mail template as it is kept. */
@Entity
class MailTemplate extends TenantOwned {

    @Version
    private long version;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private String subject = "";

    @Column(nullable = false)
    private String preheader = "";

    @Column(nullable = false, columnDefinition = "MEDIUMTEXT")
    private String mjml = "";

    @Column(name = "own_text", columnDefinition = "MEDIUMTEXT")
    private @Nullable String text;

    @Column(nullable = false)
    private boolean ready;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt = Instant.EPOCH;

    @Column(name = "updated_by", nullable = false)
    private String updatedBy = "";

    /** For Hibernate. */
    protected MailTemplate() {
        name = "";
    }

    MailTemplate(String name) {
        this.name = name;
    }

    /**
     * Replaces what it says.
     *
     * @param sendable whether nothing but the business's address could keep it from being sent
     */
    void write(TemplateSnapshot source, boolean sendable, String author) {
        subject = source.subject();
        preheader = source.preheader();
        mjml = source.mjml();
        text = source.text();
        ready = sendable;
        updatedBy = author;
        // Always a new time, so that a save without a change counts as one too; the database keeps microseconds.
        updatedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    TemplateRef ref(boolean addressSet) {
        return new TemplateRef(templateId(), name, ready && addressSet);
    }

    TemplateId templateId() {
        return new TemplateId(getId());
    }

    SavedTemplate saved() {
        return new SavedTemplate(templateId(), name, source(), version, updatedAt, updatedBy);
    }

    TemplateSnapshot source() {
        return new TemplateSnapshot(subject, preheader, mjml, text);
    }

    long version() {
        return version;
    }

    String author() {
        return updatedBy;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}
