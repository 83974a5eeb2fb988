package io.perennial.segments;

import io.perennial.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named rule of one business, whose customers are whoever fits it now; or a list, whose customers staff put on it. A
 * list's rule says no more than that one is on it, so that whatever asks rules can ask lists too.
 */
@Entity
@Table(name = "segment")
class Segment extends TenantOwned {

    /** How it comes to its customers. */
    enum Kind {
        DYNAMIC,
        STATIC
    }

    @Column(nullable = false)
    private String name;

    @Column(nullable = false, updatable = false)
    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Column(nullable = false)
    private String document;

    @Column(nullable = false, updatable = false)
    private Instant createdAt;

    @Column(nullable = false)
    private Instant updatedAt;

    @Column
    private @Nullable Instant archivedAt;

    @Version
    @Column(nullable = false)
    private int version;

    /** For Hibernate, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected Segment() {}

    Segment(String name, Rule rule, Instant now) {
        this.name = name;
        this.kind = Kind.DYNAMIC;
        this.document = RuleDocument.write(rule);
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** A list with nobody on it. */
    static Segment list(String name, Instant now) {
        Segment list = new Segment(name, Rule.everybody(), now);
        list.kind = Kind.STATIC;
        list.document = RuleDocument.write(new Rule.Member(list.id(), true));
        return list;
    }

    void rename(String newName, Instant now) {
        name = newName;
        updatedAt = now;
    }

    /**
     * @throws IllegalStateException for a list, which has no other rule
     */
    void change(Rule rule, Instant now) {
        if (isList()) {
            throw new IllegalStateException("A list has no rule: " + getId());
        }
        document = RuleDocument.write(rule);
        updatedAt = now;
    }

    void archive(Instant now) {
        archivedAt = now;
    }

    void restore() {
        archivedAt = null;
    }

    SegmentId id() {
        return new SegmentId(getId());
    }

    String name() {
        return name;
    }

    boolean isList() {
        return kind == Kind.STATIC;
    }

    Rule rule() {
        return RuleDocument.read(document);
    }

    boolean isArchived() {
        return archivedAt != null;
    }

    int version() {
        return version;
    }

    SegmentRef ref() {
        return new SegmentRef(id(), name);
    }

    SegmentDetails details() {
        return new SegmentDetails(id(), name, rule(), isList(), updatedAt, archivedAt, version);
    }
}
