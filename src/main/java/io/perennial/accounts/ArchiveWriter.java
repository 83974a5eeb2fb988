package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes everything that a business owns as a zip of JSON lines, a file for each table, as it was at one moment: all is
 * read in one snapshot, a row at a time.
 */
@Component
@TenantSql(
        "Reads whole tables of one business by a cursor; each statement names it. The tables come from the catalogue.")
class ArchiveWriter {

    private static final String ABOUT = """
            Everything that this business owned in Perennial when the export was made.
            Each file in tables/ holds one table, a JSON object a line, in UTF-8. Times are UTC.
            Whole numbers of 64 bits (ids, for instance) and decimals are written as text, so that no program rounds them.
            Bytes are written in base64. people.jsonl lists who worked here and as what.
            manifest.json says how many rows each table has, and what was left out and why: secrets (passwords, keys,
            tokens) and the program's own working state.
            """;

    private final DataSource source;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ArchiveWriter(DataSource source, JdbcClient jdbc, JsonMapper json) {
        this.source = source;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @return how many rows */
    long write(TenantId tenant, OutputStream out) throws SQLException, IOException {
        Map<String, List<String>> tables = tables();
        Map<String, Long> rows = new LinkedHashMap<>();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
                Connection connection = source.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            entry(zip, "README.txt", ABOUT.getBytes(StandardCharsets.UTF_8));
            rows.put(
                    "business", file(zip, "business.jsonl", connection, "SELECT * FROM business WHERE id = ?", tenant));
            rows.put(
                    "people",
                    file(
                            zip,
                            "people.jsonl",
                            connection,
                            "SELECT a.display_name AS name, a.email, m.role, r.name AS own_role FROM membership m "
                                    + "JOIN staff_account a ON a.id = m.account_id"
                                    + StaffRole.JOIN + "WHERE m.tenant_id = ?",
                            tenant));
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                String sql = "SELECT `" + String.join("`, `", table.getValue()) + "` FROM `" + table.getKey()
                        + "` WHERE tenant_id = ?";
                rows.put(table.getKey(), file(zip, "tables/" + table.getKey() + ".jsonl", connection, sql, tenant));
            }
            connection.rollback();
            entry(zip, "manifest.json", json.writeValueAsBytes(manifest(rows)));
        }
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Object> manifest(Map<String, Long> rows) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("made_at", Instant.now().toString());
        manifest.put("rows", rows);
        manifest.put("left_out", ArchiveContents.LEFT_OUT);
        return manifest;
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private long file(ZipOutputStream zip, String name, Connection connection, String sql, TenantId tenant)
            throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(name));
        long rows = 0;
        try (PreparedStatement statement =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE); // how Connector/J is told to stream
            statement.setLong(1, tenant.value());
            try (ResultSet rs = statement.executeQuery()) {
                ResultSetMetaData columns = rs.getMetaData();
                while (rs.next()) {
                    zip.write(json.writeValueAsBytes(row(rs, columns)));
                    zip.write('\n');
                    rows++;
                }
            }
        }
        zip.closeEntry();
        return rows;
    }

    private static Map<String, @Nullable Object> row(ResultSet rs, ResultSetMetaData columns) throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnLabel(i), value(rs.getObject(i)));
        }
        return row;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Integer number -> number;
            case Double number -> number;
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case Timestamp time -> time.toInstant().toString();
            case LocalDateTime time -> time + "Z";
            default -> value.toString();
        };
    }

    /** What is exported, table by table with its columns, as the database's catalogue has it now. */
    Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        jdbc.sql("SELECT c.table_name, c.column_name FROM information_schema.columns c "
                        + "JOIN information_schema.tables t ON t.table_schema = c.table_schema "
                        + "AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE' "
                        + "WHERE c.table_schema = DATABASE() ORDER BY c.table_name, c.ordinal_position")
                .query(rs -> {
                    tables.computeIfAbsent(rs.getString(1), table -> new ArrayList<>())
                            .add(rs.getString(2));
                });
        tables.entrySet()
                .removeIf(
                        table -> !table.getValue().contains("tenant_id") || ArchiveContents.isLeftOut(table.getKey()));
        tables.values().forEach(columns -> columns.removeIf(ArchiveContents::isSecret));
        return tables;
    }
}
