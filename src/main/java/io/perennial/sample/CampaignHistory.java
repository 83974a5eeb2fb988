package io.perennial.sample;

import io.perennial.campaigns.CampaignId;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateSnapshot;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes a sample campaign's past straight into the ledger: it was sent months ago, so the real engine cannot have done
 * it. Who opened, clicked and left is drawn from a hash of the customer's number, the same for everybody. Customers whom
 * the suppression list says to have left, bounced or complained did so on one of these campaigns.
 */
@Component
@TenantSql("Rows of other features' tables with times of the past; every statement names the tenant.")
@ConditionalOnProperty("perennial.sample.enabled")
class CampaignHistory {

    /** Whom it went to, as far as the past is known. */
    enum Reached {
        EVERYBODY("1 = 1"),
        /** Without an order in the 90 days before. */
        QUIET("NOT EXISTS (SELECT 1 FROM customer_order o WHERE o.tenant_id = c.tenant_id AND o.customer_id = c.id "
                + "AND o.ordered_at BETWEEN DATE_SUB(z.sent, INTERVAL 90 DAY) AND z.sent)"),
        /** With three orders and more. */
        REGULARS("u.orders >= 3"),
        /** Who had redeemed a voucher by then. */
        REDEEMERS("EXISTS (SELECT 1 FROM voucher v WHERE v.tenant_id = c.tenant_id AND v.customer_id = c.id "
                + "AND v.redeemed_at < z.sent)");

        private final String condition;

        Reached(String condition) {
            this.condition = condition;
        }
    }

    /** A number beyond those on which customers left, so that nobody left on it. */
    static final int LATER = 3;

    private static final String AUTHOR = "Perennial";

    private final JdbcClient jdbc;
    private final TemplateDirectory templates;

    CampaignHistory(JdbcClient jdbc, TemplateDirectory templates) {
        this.jdbc = jdbc;
        this.templates = templates;
    }

    /**
     * @param number of the campaign, 0 to 2, for who left on which; {@link #LATER} for others
     */
    @Transactional
    void write(
            CampaignId campaign,
            String name,
            TemplateId template,
            int number,
            Reached reached,
            ZonedDateTime sent,
            SampleBusiness business) {
        long tenant = CurrentTenant.require().value();
        long run = TimeOrderedIds.next();
        LocalDateTime utc = LocalDateTime.ofInstant(sent.toInstant(), ZoneOffset.UTC);
        jdbc.sql(
                        "INSERT INTO delivery_run (tenant_id, id, composer, reference, title, sender_name, sender_email, topic, "
                                + "state, created_at, released_at, finished_at) VALUES (?, ?, 'campaign', ?, ?, ?, ?, 'news', "
                                + "'DONE', ?, ?, ?)")
                .params(tenant, run, campaign.value(), name, business.senderName(), business.senderEmail())
                .params(utc, utc, utc.plusMinutes(2))
                .update();
        long link = messages(tenant, run, number, reached, utc, business);
        events(tenant, run, link);
        count(tenant, run);
        finish(tenant, campaign, run, sent, utc);
        keepContent(tenant, campaign, template, utc);
    }

    private long messages(
            long tenant, long run, int number, Reached reached, LocalDateTime utc, SampleBusiness business) {
        long link = 1;
        jdbc.sql("INSERT INTO run_link (tenant_id, run_id, link, url) VALUES (?, ?, ?, ?)")
                .params(tenant, run, link, "https://" + business.key() + ".example")
                .update();
        long first = TimeOrderedIds.nextBlock(business.customers() + 1);
        String draw = "CRC32(CONCAT(c.external_id, ':', ?))";
        jdbc.sql("INSERT INTO message (tenant_id, id, run_id, customer_id, email, state, attempts, first_attempt_at, "
                        + "changed_at, sent_at, opened_at, clicked_at, bounced_at, complained_at, unsubscribed_at, events) "
                        + "SELECT p.tenant_id, ? + ROW_NUMBER() OVER (ORDER BY p.id), ?, p.id, p.email, 'SENT', 1, p.at, p.at, "
                        + "p.at, p.opened, CASE WHEN p.opened IS NOT NULL AND p.will_click < 19 THEN "
                        + "DATE_ADD(p.opened, INTERVAL p.will_click + 1 MINUTE) END, "
                        + "CASE WHEN p.reason = 'BOUNCED' THEN DATE_ADD(p.at, INTERVAL 40 SECOND) END, "
                        + "CASE WHEN p.reason = 'COMPLAINED' THEN DATE_ADD(p.at, INTERVAL 5 HOUR) END, "
                        + "CASE WHEN p.reason = 'UNSUBSCRIBED' THEN DATE_ADD(p.at, INTERVAL 3 HOUR) END, 0 FROM ("
                        + "SELECT q.*, CASE WHEN (q.reason IS NULL OR q.reason <> 'BOUNCED') AND q.will_open < 37 THEN "
                        + "DATE_ADD(q.at, INTERVAL (q.will_open * q.will_open) MINUTE) END AS opened FROM ("
                        + "SELECT c.tenant_id, c.id, c.email, DATE_ADD(?, INTERVAL c.id % 90 SECOND) AS at, "
                        + "CASE WHEN CRC32(c.external_id) % 3 = ? THEN s.reason END AS reason, "
                        + draw + " % 100 AS will_open, " + draw + " % 100 AS will_click "
                        + "FROM (SELECT ? AS sent) z JOIN customer c JOIN customer_summary u ON u.tenant_id = c.tenant_id AND u.customer_id = c.id "
                        + "LEFT JOIN suppression s ON s.tenant_id = c.tenant_id AND s.email_hash = UNHEX(SHA2(c.email, 256)) "
                        + "WHERE c.tenant_id = ? AND c.email IS NOT NULL AND u.first_order_at < ? "
                        + "AND (s.reason IS NULL OR (s.reason <> 'MANUAL' AND CRC32(c.external_id) % 3 >= ?)) "
                        + "AND " + reached.condition + ") q) p")
                .params(first, run, utc, number, "open" + number, "click" + number)
                .params(utc, tenant, utc, number)
                .update();
        return link;
    }

    private void events(long tenant, long run, long link) {
        event(tenant, run, "OPEN", "opened_at", null);
        event(tenant, run, "CLICK", "clicked_at", link);
        event(tenant, run, "UNSUBSCRIBE", "unsubscribed_at", null);
        jdbc.sql("UPDATE message SET events = (opened_at IS NOT NULL) + (clicked_at IS NOT NULL) "
                        + "+ (unsubscribed_at IS NOT NULL) WHERE tenant_id = ? AND run_id = ?")
                .params(tenant, run)
                .update();
    }

    private void event(
            long tenant, long run, String kind, String column, @org.jspecify.annotations.Nullable Long link) {
        long rows = jdbc.sql("SELECT COUNT(*) FROM message WHERE tenant_id = ? AND run_id = ? AND " + column
                        + " IS NOT NULL")
                .params(tenant, run)
                .query(Long.class)
                .single();
        if (rows == 0) {
            return;
        }
        jdbc.sql("INSERT INTO message_event (tenant_id, id, message_id, run_id, customer_id, kind, verdict, link, at) "
                        + "SELECT m.tenant_id, ? + ROW_NUMBER() OVER (ORDER BY m.id), m.id, m.run_id, m.customer_id, ?, 'HUMAN', "
                        + "?, m." + column + " FROM message m WHERE m.tenant_id = ? AND m.run_id = ? AND m." + column
                        + " IS NOT NULL")
                .param(TimeOrderedIds.nextBlock((int) rows + 1))
                .param(kind)
                .param(link)
                .param(tenant)
                .param(run)
                .update();
    }

    private void count(long tenant, long run) {
        record Counts(
                long first, long last, long all, long bounced, long complained, long left, long opened, long clicked) {}
        // Read first, then write one row: an update that reads the messages itself would lock them.
        Counts counts = jdbc.sql("SELECT COALESCE(MIN(id), 1), COALESCE(MAX(id), 0), COUNT(*), COUNT(bounced_at), "
                        + "COUNT(complained_at), COUNT(unsubscribed_at), COUNT(opened_at), COUNT(clicked_at) "
                        + "FROM message WHERE tenant_id = ? AND run_id = ?")
                .params(tenant, run)
                .query((rs, n) -> new Counts(
                        rs.getLong(1),
                        rs.getLong(2),
                        rs.getLong(3),
                        rs.getLong(4),
                        rs.getLong(5),
                        rs.getLong(6),
                        rs.getLong(7),
                        rs.getLong(8)))
                .single();
        jdbc.sql(
                        "UPDATE delivery_run SET audience = ?, bounced = ?, complained = ?, unsubscribed = ?, unique_opens = ?, "
                                + "unique_clicks = ? WHERE tenant_id = ? AND id = ?")
                .params(counts.all(), counts.bounced(), counts.complained(), counts.left())
                .params(counts.opened(), counts.clicked(), tenant, run)
                .update();
        jdbc.sql("INSERT INTO delivery_cursor (tenant_id, run_id, first_id, last_id, claimed_to, sent) "
                        + "VALUES (?, ?, ?, ?, ?, ?)")
                .params(tenant, run, counts.first(), counts.last(), counts.last(), counts.all())
                .update();
    }

    private void finish(long tenant, CampaignId campaign, long run, ZonedDateTime sent, LocalDateTime utc) {
        long audience = jdbc.sql("SELECT COUNT(*) FROM message WHERE tenant_id = ? AND run_id = ?")
                .params(tenant, run)
                .query(Long.class)
                .single();
        jdbc.sql(
                        "UPDATE campaign SET status = 'DONE', planned_local = ?, zone = ?, send_at = ?, run_id = ?, audience = ?, "
                                + "left_excluded = 0, left_no_address = 0, left_unsubscribed = ?, left_bounced = ?, "
                                + "left_complained = 0, left_suppressed = 0, left_topic = 0, left_paused = 0, left_frequency = 0, quiet_later = 0, launched_at = ?, finished_at = ?, "
                                + "created_by = ?, created_at = ?, updated_by = ?, updated_at = ? WHERE tenant_id = ? AND id = ?")
                .params(sent.toLocalDateTime().toString(), sent.getZone().getId(), utc, run, audience)
                .params(audience / 120, audience / 260, utc, utc.plusMinutes(2))
                .params(AUTHOR, utc.minusDays(3), AUTHOR, utc.minusDays(1), tenant, campaign.value())
                .update();
        jdbc.sql("INSERT INTO campaign_occurrence (tenant_id, campaign_id, planned_at, claimed_at, outcome) "
                        + "VALUES (?, ?, ?, ?, 'LAUNCHED')")
                .params(tenant, campaign.value(), utc, utc)
                .update();
    }

    private void keepContent(long tenant, CampaignId campaign, TemplateId template, LocalDateTime utc) {
        TemplateSnapshot kept = templates.snapshot(template);
        jdbc.sql(
                        "INSERT INTO campaign_content (tenant_id, campaign_id, template_id, subject, preheader, mjml, frozen_at) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(tenant, campaign.value(), template.value(), kept.subject(), kept.preheader(), kept.mjml(), utc)
                .update();
    }
}
