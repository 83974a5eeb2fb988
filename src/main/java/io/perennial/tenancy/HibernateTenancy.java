package io.perennial.tenancy;

import io.perennial.kernel.TenantId;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells Hibernate the current tenant. Every entity is tenant-owned, so a statement of Hibernate's outside a tenant
 * scope is refused by a {@link NoTenantException}. A session alone may be opened without one: the transaction manager
 * opens a session for each transaction, also for those that only speak JDBC (sign-in, for instance).
 *
 * <p>A session keeps the tenant it was opened with. Entering another tenant's scope inside a transaction would go on
 * reading and writing the first one's rows, so that is refused too: open the scope first, then the transaction.
 */
@Component
class HibernateTenancy
        implements CurrentTenantIdentifierResolver<Long>, HibernatePropertiesCustomizer, StatementInspector {

    /** No business has this id: ids are positive. */
    private static final Long NOBODY = 0L;

    private final ObjectProvider<EntityManagerFactory> factory;

    HibernateTenancy(ObjectProvider<EntityManagerFactory> factory) {
        this.factory = factory;
    }

    @Override
    public Long resolveCurrentTenantIdentifier() {
        return CurrentTenant.find().map(TenantId::value).orElse(NOBODY);
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }

    @Override
    public String inspect(String sql) {
        requireSessionOf(CurrentTenant.require());
        return sql;
    }

    private void requireSessionOf(TenantId tenant) {
        if (TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.getResource(factory.getObject())
                        instanceof EntityManagerHolder holder) {
            Object owner = holder.getEntityManager()
                    .unwrap(SharedSessionContractImplementor.class)
                    .getTenantIdentifierValue();
            if (!Long.valueOf(tenant.value()).equals(owner)) {
                throw new IllegalStateException("This transaction was begun "
                        + (NOBODY.equals(owner) ? "outside every tenant scope" : "for business " + owner)
                        + " and cannot work for business " + tenant + ": open the scope first, then the transaction");
            }
        }
    }

    @Override
    public void customize(Map<String, Object> properties) {
        properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, this);
        properties.put(JdbcSettings.STATEMENT_INSPECTOR, this);
    }
}
