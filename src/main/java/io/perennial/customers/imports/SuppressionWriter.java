package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.SuppressionRows;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes over whom not to mail, whether they are customers or not. A stronger reason replaces a weaker one, never the
 * reverse, so that importing a list again, or an older one, changes nothing.
 */
@Component
@TenantSql("Imports write many rows at once, in multi-row statements; each names its tenant.")
class SuppressionWriter {

    private final JdbcTemplate jdbc;
    private final SuppressionRows rows;

    SuppressionWriter(JdbcTemplate jdbc, SuppressionRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    PlainOutcome write(ImportRun run, Fingerprints imagined, List<SuppressionRow> given) {
        run.erased().refresh();
        Map<String, SuppressionReason> stored = stored(
                run.tenant(),
                given.stream().map(SuppressionRow::email).distinct().toList());
        Map<String, SuppressionRow> entries = new LinkedHashMap<>();
        PlainOutcome outcome = new PlainOutcome();
        for (SuppressionRow row : given) {
            String address = row.email().value();
            if (run.erased().has(address, null)) {
                outcome.rejects.put(row.raw(), Problem.of(ImportField.EMAIL, "erased"));
                continue;
            }
            int thought = run.options().dryRun() ? imagined.get(address) : 0;
            SuppressionReason before = stored.get(address);
            if (thought > 0 && (before == null || before.ordinal() < thought - 1)) {
                before = SuppressionReason.values()[thought - 1];
            }
            if (before != null && before.compareTo(row.reason()) >= 0) {
                outcome.unchanged++;
                continue;
            }
            outcome.count(before == null);
            stored.put(address, row.reason());
            entries.put(address, row);
        }
        if (run.options().dryRun()) {
            outcome.settle = () -> entries.forEach(
                    (address, row) -> imagined.put(address, row.reason().ordinal() + 1));
        } else if (!entries.isEmpty()) {
            rows.put(
                    run.tenant(),
                    entries.values().stream()
                            .map(row -> new SuppressionRows.Entry(
                                    row.email(),
                                    row.reason(),
                                    Objects.requireNonNullElse(row.note(), run.evidence()),
                                    Objects.requireNonNullElse(row.at(), run.now())))
                            .toList());
        }
        return outcome;
    }

    private Map<String, SuppressionReason> stored(TenantId tenant, List<EmailAddress> addresses) {
        Map<String, SuppressionReason> reasons = new HashMap<>();
        for (List<EmailAddress> some : ConsentStore.pieces(addresses)) {
            Map<ByteBuffer, String> hashes = new HashMap<>();
            List<Object> params = new ArrayList<>(List.of(tenant.value()));
            for (EmailAddress address : some) {
                byte[] hash = hash(address);
                hashes.put(ByteBuffer.wrap(hash), address.value());
                params.add(hash);
            }
            jdbc.query(
                    "SELECT email_hash, reason FROM suppression WHERE tenant_id = ? AND email_hash IN ("
                            + String.join(",", Collections.nCopies(some.size(), "?")) + ")",
                    rs -> {
                        String address = hashes.get(ByteBuffer.wrap(rs.getBytes(1)));
                        if (address != null) {
                            reasons.put(address, SuppressionReason.valueOf(rs.getString(2)));
                        }
                    },
                    params.toArray());
        }
        return reasons;
    }

    private static byte[] hash(EmailAddress email) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(email.value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
