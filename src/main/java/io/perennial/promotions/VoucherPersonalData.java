package io.perennial.promotions;

import io.perennial.customers.MergeRule;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Vouchers stay, so that a promotion's result stays true: a code says nothing about who holds it. */
@Component
@TenantSql("Looks up one name by its key; the statement names the current tenant.")
class VoucherPersonalData implements PersonalData {

    private final JdbcClient jdbc;

    VoucherPersonalData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<PersonalTable> tables() {
        return List.of(PersonalTable.kept("voucher").merging(MergeRule.movesUnlessThere("promotion_id", "id")));
    }

    @Override
    public Map<String, Object> told(String table, Map<String, Object> row) {
        Map<String, Object> told = new LinkedHashMap<>();
        jdbc.sql("SELECT name FROM promotion WHERE tenant_id = ? AND id = ?")
                .param(CurrentTenant.require().value())
                .param(row.get("promotion_id"))
                .query(String.class)
                .optional()
                .ifPresent(name -> told.put("promotion", name));
        told.putAll(row);
        return told;
    }
}
