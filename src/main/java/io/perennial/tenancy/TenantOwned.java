package io.perennial.tenancy;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import org.hibernate.annotations.PartitionKey;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * An entity that belongs to one tenant. Hibernate fills and filters the tenant column; being the partition key as well,
 * it is named in generated updates and deletes, which the clustered key {@code (tenant_id, id)} needs to find the row.
 */
@MappedSuperclass
public abstract class TenantOwned implements Persistable<Long> {

    @Id
    @Column(name = "id", nullable = false, updatable = false)
    private Long id = TimeOrderedIds.next();

    @org.hibernate.annotations.TenantId
    @PartitionKey
    @Column(name = "tenant_id", nullable = false, updatable = false)
    private @Nullable Long tenantId;

    @Transient
    private boolean stored;

    @Override
    public Long getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    /** The tenant that owns this; known once it is stored. */
    public TenantId tenant() {
        if (tenantId == null) {
            throw new IllegalStateException("Not stored yet, so no tenant owns it");
        }
        return new TenantId(tenantId);
    }

    @PostLoad
    @PostPersist
    void markStored() {
        stored = true;
    }
}
