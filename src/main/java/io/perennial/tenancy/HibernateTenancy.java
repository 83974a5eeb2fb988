package io.perennial.tenancy;

import io.perennial.kernel.TenantId;
import java.util.Map;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.stereotype.Component;

/**
 * Tells Hibernate the current tenant. Every entity is tenant-owned, so a statement of Hibernate's outside a tenant
 * scope is refused by a {@link NoTenantException}. A session alone may be opened without one: the transaction manager
 * opens a session for each transaction, also for those that only speak JDBC (sign-in, for instance).
 */
@Component
class HibernateTenancy
        implements CurrentTenantIdentifierResolver<Long>, HibernatePropertiesCustomizer, StatementInspector {

    /** No business has this id: ids are positive. */
    private static final Long NOBODY = 0L;

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
        CurrentTenant.require();
        return sql;
    }

    @Override
    public void customize(Map<String, Object> properties) {
        properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, this);
        properties.put(JdbcSettings.STATEMENT_INSPECTOR, this);
    }
}
