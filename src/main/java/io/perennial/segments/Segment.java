package io.perennial.segments;

import io.perennial.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A named rule of one business. Its customers are never stored: they are whoever fits it now. */
@Entity
@Table(name = "segment")
class Segment extends TenantOwned {

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private String document;

    @Column(nullable = false, updatable = false)
    private Instant createdAt;

    @Column(nullable = false)
    private Instant updatedAt;

    @Version
    @Column(nullable = false)
    private int version;

    /** For Hibernate, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected Segment() {}

    Segment(String name, Rule rule, Instant now) {
        this.name = name;
        this.document = RuleDocument.write(rule);
        this.createdAt = now;
        this.updatedAt = now;
    }

    void rename(String newName, Instant now) {
        name = newName;
        updatedAt = now;
    }

    void change(Rule rule, Instant now) {
        document = RuleDocument.write(rule);
        updatedAt = now;
    }

    SegmentId id() {
        return new SegmentId(getId());
    }

    String name() {
        return name;
    }

    Rule rule() {
        return RuleDocument.read(document);
    }

    Instant updatedAt() {
        return updatedAt;
    }

    int version() {
        return version;
    }

    SegmentRef ref() {
        return new SegmentRef(id(), name);
    }
}
