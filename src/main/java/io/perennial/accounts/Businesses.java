package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The businesses of this installation and their settings. */
@Service
@TenantSql("Businesses are the tenants themselves; each statement names one by id, but for the list of ids that "
        + "background work walks through.")
public class Businesses {

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final ObjectProvider<MoneyInUse> money;

    Businesses(JdbcClient jdbc, AuditLog audit, ObjectProvider<MoneyInUse> money) {
        this.money = money;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** The business being worked in. */
    @Transactional(readOnly = true)
    public Business current() {
        return require(CurrentTenant.require());
    }

    /**
     * One business, for background work that was handed its id.
     *
     * @throws IllegalArgumentException if there is none
     */
    @Transactional(readOnly = true)
    public Business require(TenantId id) {
        return jdbc.sql("SELECT * FROM business WHERE id = ?")
                .param(id.value())
                .query(Businesses::map)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No business " + id));
    }

    /** Every business, for background work that opens a tenant scope for each. */
    @Transactional(readOnly = true)
    public List<TenantId> all() {
        return jdbc.sql("SELECT id FROM business ORDER BY id")
                .query((rs, row) -> new TenantId(rs.getLong(1)))
                .list();
    }

    /** Those that may work, for background work that is put off for the others. */
    @Transactional(readOnly = true)
    public List<TenantId> atWork() {
        return jdbc.sql("SELECT b.id FROM business b WHERE " + BusinessStanding.AT_WORK + " ORDER BY b.id")
                .query((rs, row) -> new TenantId(rs.getLong(1)))
                .list();
    }

    /** Creates a business; its first owner is made by {@link StaffAccounts#addMember}. */
    @Transactional
    public TenantId create(String name, String country, Locale locale, ZoneId zone, Currency currency) {
        TenantId id = new TenantId(TimeOrderedIds.next());
        jdbc.sql("INSERT INTO business (id, name, country, locale, zone, currency, created_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))")
                .params(id.value(), name, country, locale.toLanguageTag(), zone.getId(), currency.getCurrencyCode())
                .update();
        return id;
    }

    /**
     * Replaces the settings of the business being worked in; its id and creation stay.
     *
     * @throws IllegalArgumentException if it is another business, or a value is none (see {@link Business})
     * @throws StaffRuleException if the currency is another one and there are amounts in the present one
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void update(Business business) {
        TenantId tenant = CurrentTenant.require();
        if (!tenant.equals(business.id())) {
            throw new IllegalArgumentException("These are the settings of another business");
        }
        business.requireValid();
        Business before = require(tenant);
        if (!before.currency().equals(business.currency()) && !mayChangeCurrency()) {
            throw new StaffRuleException(StaffRuleException.Rule.CURRENCY_IN_USE);
        }
        jdbc.sql("UPDATE business SET name = ?, country = ?, locale = ?, zone = ?, currency = ?, postal_address = ?, "
                        + "sender_name = ?, sender_email = ?, reply_to = ?, website = ? WHERE id = ?")
                .param(business.name())
                .param(business.country())
                .param(business.locale().toLanguageTag())
                .param(business.zone().getId())
                .param(business.currency().getCurrencyCode())
                .param(business.postalAddress())
                .param(business.senderName())
                .param(business.senderEmail())
                .param(business.replyTo())
                .param(business.website())
                .param(tenant.value())
                .update();
        AuditChanges changes = before.changesTo(business);
        if (!changes.isEmpty()) {
            audit.record(StaffDeed.SETTINGS_CHANGED, null, null, changes);
        }
    }

    /** Whether there are no amounts yet that would mean something else. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public boolean mayChangeCurrency() {
        return money.stream().noneMatch(MoneyInUse::isThere);
    }

    private static Business map(ResultSet rs, int row) throws SQLException {
        return new Business(
                new TenantId(rs.getLong("id")),
                rs.getString("name"),
                rs.getString("country"),
                Locale.forLanguageTag(rs.getString("locale")),
                ZoneId.of(rs.getString("zone")),
                Currency.getInstance(rs.getString("currency")),
                rs.getString("postal_address"),
                rs.getString("sender_name"),
                rs.getString("sender_email"),
                rs.getString("reply_to"),
                rs.getString("website"));
    }
}
