package io.perennial.delivery.returns;

import io.perennial.delivery.ReturnsProperties;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what came in and led to nothing, to be looked at: the same content once, and never so much that it is a burden. */
@Component
@TenantSql("Mails of nobody are kept under 0; each statement names whose it is about.")
class Quarantine {

    /** Whose mails those are that no signature gives to a business. */
    static final long NOBODY = 0;

    private static final int MOST = 1000;
    private static final int LONGEST = 64 << 10;
    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);

    private final JdbcClient jdbc;
    private final ReturnsProperties properties;

    Quarantine(JdbcClient jdbc, ReturnsProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    void keep(long tenant, QuarantineReason reason, String detail, ReturnSource source, List<String> to, byte[] mail) {
        forgetOld(tenant);
        byte[] digest = digest(mail);
        int known = jdbc.sql("UPDATE quarantined_mail SET times = times + 1 WHERE tenant_id = ? AND digest = ?")
                .params(tenant, digest)
                .update();
        if (known > 0) {
            return;
        }
        long count = jdbc.sql("SELECT COUNT(*) FROM quarantined_mail WHERE tenant_id = ?")
                .param(tenant)
                .query(Long.class)
                .single();
        if (count >= MOST) {
            log.warn("Quarantine of {} is full; a mail was dropped: {} {}", tenant, reason, detail);
            return;
        }
        jdbc.sql(
                        "INSERT INTO quarantined_mail (tenant_id, id, digest, reason, detail, source, recipients, size, content, "
                                + "arrived_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6)) "
                                + "ON DUPLICATE KEY UPDATE times = times + 1")
                .params(
                        tenant,
                        TimeOrderedIds.next(),
                        digest,
                        reason.name(),
                        Finding.oneLine(detail, 490),
                        source.name(),
                        Finding.oneLine(String.join(", ", to), 490),
                        mail.length,
                        text(mail))
                .update();
    }

    private void forgetOld(long tenant) {
        jdbc.sql("DELETE FROM quarantined_mail WHERE tenant_id = ? "
                        + "AND arrived_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND")
                .params(tenant, properties.keepDoubtful().toSeconds())
                .update();
    }

    /** The beginning of a mail as text that shows what is there and does nothing. */
    static String text(byte[] mail) {
        int length = Math.min(mail.length, LONGEST);
        String raw;
        try {
            raw = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(mail, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            raw = new String(mail, 0, length, StandardCharsets.ISO_8859_1);
        }
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean plain =
                    c == '\n' || c == '\t' || (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
            if (plain) {
                out.append(c);
            } else if (c != '\r') {
                out.append('\u00b7');
            }
        }
        return out.toString();
    }

    private static byte[] digest(byte[] mail) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(mail);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
