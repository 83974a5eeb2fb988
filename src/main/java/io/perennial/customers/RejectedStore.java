package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows that imports and checks left out, as pieces of a file, and for which reasons. */
@Component
@TenantSql("Writes in the import's own transactions. The statement that spans tenants deletes what checks left out.")
class RejectedStore {

    private final JdbcClient jdbc;
    private final JdbcTemplate many;

    RejectedStore(JdbcClient jdbc, JdbcTemplate many) {
        this.jdbc = jdbc;
        this.many = many;
    }

    void add(TenantId tenant, long job, int part, RejectedPiece piece) {
        jdbc.sql("INSERT INTO import_rejected (tenant_id, job_id, part, content, reasons) VALUES (?, ?, ?, ?, ?)")
                .params(tenant.value(), job, part, piece.content(), piece.places())
                .update();
        List<Object[]> reasons = new ArrayList<>();
        for (RejectCount one : piece.reasons()) {
            reasons.add(new Object[] {
                tenant.value(),
                job,
                part,
                reasons.size(),
                one.why().key(),
                one.why().column(),
                one.columnName(),
                one.rows()
            });
        }
        many.batchUpdate(
                "INSERT INTO import_reject_reason (tenant_id, job_id, part, reason_no, reason_key, column_no, column_name, "
                        + "row_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                reasons);
    }

    /** Overwrites a piece by what is left of it. */
    void replace(TenantId tenant, long job, int part, RejectedFile.Kept kept) {
        byte[] places = piece(tenant, job, part).map(Piece::places).orElse(new byte[0]);
        jdbc.sql("UPDATE import_rejected SET content = ?, reasons = ? WHERE tenant_id = ? AND job_id = ? AND part = ?")
                .params(kept.content(), RejectedPiece.without(places, kept.removed()), tenant.value(), job, part)
                .update();
        for (int row : kept.removed()) {
            jdbc.sql("UPDATE import_reject_reason SET row_count = row_count - 1 "
                            + "WHERE tenant_id = ? AND job_id = ? AND part = ? AND reason_no = ?")
                    .params(tenant.value(), job, part, RejectedPiece.place(places, row))
                    .update();
        }
    }

    /** Deletes what checks left out, of every business: whoever wanted to read it has done so, and it is people's data. */
    int dropOfChecks(Duration age) {
        return jdbc.sql("DELETE /* all tenants */ r FROM import_rejected r "
                        + "JOIN import_job j ON j.tenant_id = r.tenant_id AND j.id = r.job_id "
                        + "WHERE j.dry_run = TRUE AND j.finished_at < ?")
                .param(LocalDateTime.now(Clock.systemUTC()).minus(age))
                .update();
    }

    /** Gives the pieces of a job's file one after the other. */
    void read(TenantId tenant, long job, Consumer<byte[]> pieces) {
        for (int part = 0; ; part++) {
            Optional<Piece> piece = piece(tenant, job, part);
            if (piece.isEmpty()) {
                return;
            }
            pieces.accept(piece.get().content());
        }
    }

    /** The reasons of a job, the most frequent first; none where an earlier version left its rows out. */
    List<RejectCount> reasons(TenantId tenant, long job) {
        return jdbc.sql("SELECT reason_key, column_no, MIN(column_name) AS name, SUM(row_count) AS n "
                        + "FROM import_reject_reason WHERE tenant_id = ? AND job_id = ? "
                        + "GROUP BY reason_key, column_no HAVING n > 0 ORDER BY n DESC, column_no, reason_key")
                .params(tenant.value(), job)
                .query((rs, n) -> new RejectCount(
                        new RejectReason(rs.getString(1), rs.getInt(2)), rs.getString(3), rs.getLong(4)))
                .list();
    }

    /**
     * Rows left out, in the order of the file. The pieces without any of these are not read.
     *
     * @param why only those of this reason; nothing for all
     */
    List<RejectedRow> rows(TenantId tenant, long job, Optional<RejectReason> why, long offset, int limit) {
        List<Found> found = why.isPresent() || isCounted(tenant, job)
                ? found(tenant, job, why, offset, limit)
                : uncounted(tenant, job, offset + limit);
        CsvFormat.Separator separator = separator(tenant, job);
        List<RejectedRow> rows = new ArrayList<>();
        for (Found one : found) {
            rowsOf(tenant, job, one.part(), separator).stream()
                    .filter(row -> why.isEmpty() || why.get().equals(row.why()))
                    .skip(Math.max(0, offset - one.before()))
                    .limit((long) limit - rows.size())
                    .forEach(rows::add);
        }
        return rows;
    }

    /** A piece with wanted rows, and how many of them are in the pieces before. */
    private record Found(int part, long before) {}

    private List<Found> found(TenantId tenant, long job, Optional<RejectReason> why, long offset, int limit) {
        String such = why.isPresent() ? "AND reason_key = ? AND column_no = ? " : "";
        JdbcClient.StatementSpec statement = jdbc.sql("SELECT part, upto - n FROM (SELECT part, SUM(row_count) AS n, "
                        + "SUM(SUM(row_count)) OVER (ORDER BY part) AS upto FROM import_reject_reason "
                        + "WHERE tenant_id = ? AND job_id = ? " + such + "GROUP BY part) AS pieces "
                        + "WHERE n > 0 AND upto > ? AND upto - n < ? ORDER BY part")
                .params(tenant.value(), job);
        why.ifPresent(it -> statement.params(it.key(), it.column()));
        return statement
                .params(offset, offset + limit)
                .query((rs, n) -> new Found(rs.getInt(1), rs.getLong(2)))
                .list();
    }

    private boolean isCounted(TenantId tenant, long job) {
        return jdbc.sql("SELECT 1 FROM import_reject_reason WHERE tenant_id = ? AND job_id = ? LIMIT 1")
                .params(tenant.value(), job)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Of rows left out by an earlier version: its pieces are read up to where these are. */
    private List<Found> uncounted(TenantId tenant, long job, long end) {
        List<Found> found = new ArrayList<>();
        CsvFormat.Separator separator = separator(tenant, job);
        for (long before = 0; before < end; ) {
            List<RejectedRow> rows = rowsOf(tenant, job, found.size(), separator);
            if (rows.isEmpty()) {
                break;
            }
            found.add(new Found(found.size(), before));
            before += rows.size();
        }
        return found;
    }

    private List<RejectedRow> rowsOf(TenantId tenant, long job, int part, CsvFormat.Separator separator) {
        List<RejectReason> reasons = jdbc.sql("SELECT reason_key, column_no FROM import_reject_reason "
                        + "WHERE tenant_id = ? AND job_id = ? AND part = ? ORDER BY reason_no")
                .params(tenant.value(), job, part)
                .query((rs, n) -> new RejectReason(rs.getString(1), rs.getInt(2)))
                .list();
        return piece(tenant, job, part)
                .map(piece -> RejectedFile.read(piece.content(), separator, part == 0, piece.places(), reasons))
                .orElse(List.of());
    }

    /** It stands behind the first column's name. */
    private CsvFormat.Separator separator(TenantId tenant, long job) {
        return jdbc.sql(
                        "SELECT LEFT(content, 200) FROM import_rejected WHERE tenant_id = ? AND job_id = ? AND part = 0")
                .params(tenant.value(), job)
                .query((rs, n) -> RejectedFile.separatorOf(rs.getBytes(1)))
                .optional()
                .orElse(CsvFormat.Separator.COMMA);
    }

    /** @param places of each row its place among the reasons; none in pieces of earlier versions */
    private record Piece(byte[] content, byte[] places) {}

    private Optional<Piece> piece(TenantId tenant, long job, int part) {
        return jdbc.sql("SELECT content, reasons FROM import_rejected WHERE tenant_id = ? AND job_id = ? AND part = ?")
                .params(tenant.value(), job, part)
                .query((rs, n) -> new Piece(rs.getBytes(1), Objects.requireNonNullElse(rs.getBytes(2), new byte[0])))
                .optional();
    }
}
