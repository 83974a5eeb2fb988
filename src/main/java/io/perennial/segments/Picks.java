package io.perennial.segments;

import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Asks whom a rule picks of a few customers, each by their key. Joins the caller's transaction. */
@Component
@TenantSql("A rule is one query made while the program runs; the tenant is in each of its parts.")
class Picks {

    private final JdbcTemplate jdbc;

    Picks(DataSource source) {
        this.jdbc = new JdbcTemplate(source);
        jdbc.setQueryTimeout(MemberStore.SECONDS);
    }

    /**
     * Those of some customers whom a rule picks.
     *
     * @param customers a thousand at most
     * @throws InvalidRule if the rule has problems
     */
    Set<Long> of(Rule rule, RuleContext context, Collection<Long> customers) {
        SqlFragment picked = RuleCompiler.compile(rule, context.among(List.copyOf(customers)));
        return new HashSet<>(jdbc.query(
                picked.sql(), (rs, n) -> rs.getLong(1), picked.params().toArray()));
    }
}
