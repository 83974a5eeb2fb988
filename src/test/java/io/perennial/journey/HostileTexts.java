package io.perennial.journey;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fills every text of a business that anybody writes (customers, staff, mail servers, files, programs) with what would
 * run somewhere if it were taken for anything but text. A column of no listed kind is reported, so that somebody decides.
 */
@TenantSql("Tests look at the rows themselves.")
final class HostileTexts {

    /** What a person, a file, a program or a mail server words. */
    private static final Set<String> FREE = Set.of(
            "name",
            "description",
            "note",
            "detail",
            "message",
            "problem",
            "title",
            "reason",
            "source",
            "city",
            "phone",
            "tag",
            "value",
            "column_name",
            "product",
            "category",
            "sku",
            "external_id",
            "first_name",
            "last_name",
            "wording",
            "evidence",
            "offer_thing",
            "subject",
            "preheader",
            "own_text",
            "text",
            "visit_reason",
            "test_detail",
            "mail_error",
            "answer",
            "recipients",
            "content",
            "who",
            "paused_reason",
            "state_reason",
            "failure",
            "diagnostic",
            "reporter",
            "user_agent",
            "sender_name",
            "created_by",
            "updated_by",
            "revoked_by",
            "started_by",
            "used_by",
            "by_name",
            "changed_by",
            "asked_by",
            "dismissed_by",
            "undone_by",
            "redeemed_by",
            "paused_by",
            "added_by",
            "invited_by_name",
            "actor_name",
            "subject_name",
            "username");

    /** What the console writes itself, or takes only in one form: it would not be read back otherwise. */
    private static final Set<String> FORMED = Set.of(
            "action",
            "accent",
            "algorithm",
            "attribute_key",
            "back_test",
            "bounce_domain",
            "cause",
            "changes",
            "change_kind",
            "claimed_by",
            "code",
            "composer",
            "content_type",
            "counts",
            "country",
            "currency",
            "deed",
            "document",
            "domain",
            "email",
            "encryption",
            "ended_why",
            "format",
            "gender",
            "granted",
            "hint",
            "host",
            "key",
            "kind",
            "language",
            "locale",
            "location",
            "logo_type",
            "mail_state",
            "match_key",
            "missed_policy",
            "mjml",
            "model",
            "network",
            "odd_state",
            "offer_kind",
            "origin",
            "origin_kind",
            "outcome",
            "parameters",
            "payload",
            "permissions",
            "planned_local",
            "public_key",
            "quiet_zone",
            "reason_key",
            "receiver",
            "reply_to",
            "role",
            "room",
            "scope",
            "scopes",
            "selector",
            "sender_email",
            "settings",
            "span",
            "state",
            "status",
            "step",
            "subject_id",
            "suppressed",
            "task",
            "test_result",
            "thank_at",
            "announce_at",
            "topic",
            "topics",
            "type",
            "types",
            "undo_data",
            "url",
            "verdict",
            "wanted_why",
            "withdrawn",
            "zone");

    /** Free elsewhere, but not there. */
    private static final Map<String, String> EXCEPT = Map.of(
            "mail_template.subject", "staff write Liquid there: filled by PayloadIT",
            "mail_template.preheader", "staff write Liquid there",
            "mail_template.own_text", "staff write Liquid there",
            "campaign_content.subject", "staff write Liquid there: filled by PayloadIT",
            "campaign_content.preheader", "staff write Liquid there",
            "import_kept.reason", "a word of ours",
            "quarantined_mail.reason", "a word of ours",
            "quarantined_mail.source", "a word of ours",
            "suppression.reason", "a word of ours",
            "suppression_change.reason", "a word of ours");

    private static final List<String> SHORT = List.of(
            "<img src=x onerror=ran(%d)>",
            "\"><svg onload=ran(%d)>",
            "<script>ran(%d)</script>",
            "=HYPERLINK(\"//evil.example/%d\")",
            "</title><img src=x onerror=ran(%d)>",
            "{{31337|times:3}}<img src=//evil.example/%d>",
            "';ran(%d);'\"onfocus=ran() a=\"",
            "+cmd|' /C calc'!A0<b onclick=ran(%d)>");

    private final JdbcClient jdbc;

    HostileTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return columns of which nobody has said what they hold */
    Set<String> fill(TenantId tenant) {
        Map<String, Integer> columns = new TreeMap<>();
        jdbc.sql("SELECT c.table_name, c.column_name, c.character_maximum_length FROM information_schema.columns c "
                        + "JOIN information_schema.tables t ON t.table_schema = c.table_schema "
                        + "AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' "
                        + "WHERE c.table_schema = DATABASE() AND c.data_type IN ('varchar', 'text', 'mediumtext') "
                        + "AND EXISTS (SELECT 1 FROM information_schema.columns o WHERE o.table_schema = c.table_schema "
                        + "AND o.table_name = c.table_name AND o.column_name = 'tenant_id')")
                .query(rs -> {
                    columns.put(rs.getString(1) + '.' + rs.getString(2), (int) Math.min(rs.getLong(3), 1_000));
                });
        Set<String> unknown = new TreeSet<>();
        int number = 100;
        for (var each : columns.entrySet()) {
            String table = each.getKey().substring(0, each.getKey().indexOf('.'));
            String column = each.getKey().substring(table.length() + 1);
            if (FREE.contains(column) && !EXCEPT.containsKey(each.getKey())) {
                fill(tenant, table, column, each.getValue(), number++);
            } else if (!FORMED.contains(column) && !FREE.contains(column)) {
                unknown.add(each.getKey());
            }
        }
        return unknown;
    }

    /** Names are unique in many tables: each row has another number at its end. */
    private void fill(TenantId tenant, String table, String column, int length, int number) {
        jdbc.sql("UPDATE `" + table + "` SET `" + column + "` = LEFT(CONCAT(?, FLOOR(RAND() * 1e9)), " + length
                        + ") WHERE tenant_id = ? AND `" + column + "` IS NOT NULL")
                .params(text(length, number), tenant.value())
                .update();
    }

    static String text(int length, int number) {
        String text = SHORT.get(number % SHORT.size()).formatted(number);
        for (int i = 1; i < SHORT.size() && text.length() + 60 < length; i++) {
            text += SHORT.get((number + i) % SHORT.size()).formatted(number);
        }
        return text.substring(0, Math.min(text.length(), length));
    }
}
