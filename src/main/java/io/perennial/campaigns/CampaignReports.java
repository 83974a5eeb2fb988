package io.perennial.campaigns;

import io.perennial.campaigns.CampaignReport.OrderedAfterwards;
import io.perennial.campaigns.CampaignReport.Reason;
import io.perennial.delivery.MessageOutcome;
import io.perennial.delivery.MessageState;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunEchoes;
import io.perennial.delivery.RunId;
import io.perennial.delivery.RunProgress;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How campaigns go and went. */
@Service
@TenantSql("Joins delivery's ledger with customers' orders, which no entity spans; each statement names the tenant.")
public class CampaignReports {

    private static final int REASONS = 20;

    private final Campaigns campaigns;
    private final Outbox outbox;
    private final RunEchoes echoes;
    private final JdbcClient jdbc;

    CampaignReports(Campaigns campaigns, Outbox outbox, RunEchoes echoes, JdbcClient jdbc) {
        this.campaigns = campaigns;
        this.outbox = outbox;
        this.echoes = echoes;
        this.jdbc = jdbc;
    }

    /** How far it is; empty before its launch. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Optional<RunProgress> progress(CampaignId id) {
        return campaigns.require(id).run().map(outbox::progress);
    }

    /** Everything the report shows; empty before its launch. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Optional<CampaignReport> report(CampaignId id) {
        return campaigns
                .require(id)
                .run()
                .map(run -> new CampaignReport(outbox.progress(run), reasons(run), orderedAfter(run), echoes.of(run)));
    }

    /**
     * What happened with each person.
     *
     * @param state only these, or all
     * @param search part of an address, or all
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Slice<MessageOutcome> outcomes(
            CampaignId id, @Nullable MessageState state, @Nullable String search, Pageable page) {
        return campaigns
                .require(id)
                .run()
                .map(run -> outbox.outcomes(run, state, search, page))
                .orElseGet(() -> new SliceImpl<>(List.of()));
    }

    /**
     * What happened with each person, to be gone through.
     *
     * @param state SENT, FAILED, SKIPPED or IN_DOUBT: only these; or all
     * @param after the last message's id, or 0 to begin
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public List<MessageOutcome> outcomesAfter(CampaignId id, @Nullable MessageState state, long after, int limit) {
        return campaigns
                .require(id)
                .run()
                .map(run -> outbox.outcomesAfter(run, state, after, limit))
                .orElse(List.of());
    }

    private List<Reason> reasons(RunId run) {
        return jdbc.sql("SELECT state, COALESCE(detail, ''), COUNT(*) FROM message "
                        + "WHERE tenant_id = ? AND run_id = ? AND odd_state IN ('FAILED', 'SKIPPED') "
                        + "GROUP BY state, COALESCE(detail, '') ORDER BY COUNT(*) DESC LIMIT " + REASONS)
                .params(CurrentTenant.require().value(), run.value())
                .query((rs, n) -> new Reason("SKIPPED".equals(rs.getString(1)), rs.getString(2), rs.getLong(3)))
                .list();
    }

    private OrderedAfterwards orderedAfter(RunId run) {
        return jdbc.sql("SELECT COUNT(DISTINCT o.customer_id), COUNT(*), COALESCE(SUM(o.counted_value), 0) "
                        + "FROM message m JOIN customer_order o ON o.tenant_id = m.tenant_id "
                        + "AND o.customer_id = m.customer_id AND o.ordered_at >= m.sent_at "
                        + "AND o.ordered_at < m.sent_at + INTERVAL ? DAY AND o.counted_value IS NOT NULL "
                        + "WHERE m.tenant_id = ? AND m.run_id = ? AND m.state = 'SENT'")
                .params(CampaignReport.DAYS_AFTER, CurrentTenant.require().value(), run.value())
                .query((rs, n) -> new OrderedAfterwards(rs.getLong(1), rs.getLong(2), rs.getBigDecimal(3)))
                .single();
    }
}
