package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.SavedMapping.Place;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What the columns of a business's files mean, remembered from one import to the next. */
@Service
@TenantSql("Rows keyed by the header of a file; there is nothing to guard that would need an entity.")
public class SavedMappings {

    /** Offered at most; the oldest are still found by their header. */
    private static final int OFFERED = 50;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    SavedMappings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How a file with the same header was read last. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:import')")
    public Optional<SavedMapping> recognise(List<String> header) {
        return jdbc.sql("SELECT * FROM import_mapping WHERE tenant_id = ? AND header_hash = ? "
                        + "ORDER BY used_at DESC LIMIT 1")
                .params(tenant(), hash(header))
                .query(SavedMappings::map)
                .optional();
    }

    /** Those of one kind, the last used first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:import')")
    public List<SavedMapping> list(ImportKind kind) {
        return jdbc.sql("SELECT * FROM import_mapping WHERE tenant_id = ? AND kind = ? ORDER BY used_at DESC LIMIT ?")
                .params(tenant(), kind.name(), OFFERED)
                .query(SavedMappings::map)
                .list();
    }

    /**
     * Remembers what the columns of a header mean, in place of what was remembered for it.
     *
     * @param name by which a person finds it again; cut at 100 characters
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:import')")
    public void save(ImportKind kind, String name, List<String> header, ImportMapping mapping, ImportOptions options) {
        Map<ImportField, Place> places = new EnumMap<>(ImportField.class);
        mapping.columns().forEach((field, column) -> {
            if (column < header.size()) {
                places.put(field, new Place(header.get(column), column));
            }
        });
        Map<String, Place> attributes = new HashMap<>();
        mapping.attributes().forEach((key, column) -> {
            if (column < header.size()) {
                attributes.put(key, new Place(header.get(column), column));
            }
        });
        String settings = JSON.writeValueAsString(
                new SavedMapping.Settings(places, attributes, options.policy(), options.createMissingCustomers()));
        jdbc.sql("INSERT INTO import_mapping (tenant_id, id, kind, header_hash, name, settings, used_by, used_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), "
                        + "settings = VALUES(settings), used_by = VALUES(used_by), used_at = VALUES(used_at)")
                .params(tenant(), TimeOrderedIds.next(), kind.name(), hash(header))
                .param(name.length() > 100 ? name.substring(0, 100) : name)
                .param(settings)
                .param(CurrentStaff.find().map(StaffPrincipal::displayName).orElse("–"))
                .param(LocalDateTime.now(Clock.systemUTC()))
                .update();
    }

    /** Forgets one; the file is guessed again next time. */
    @Transactional
    @PreAuthorize("hasAuthority('customer:import')")
    public void forget(long id) {
        jdbc.sql("DELETE FROM import_mapping WHERE tenant_id = ? AND id = ?")
                .params(tenant(), id)
                .update();
    }

    private static SavedMapping map(ResultSet rs, int row) throws SQLException {
        return new SavedMapping(
                rs.getLong("id"),
                ImportKind.valueOf(rs.getString("kind")),
                rs.getString("name"),
                JSON.readValue(rs.getString("settings"), SavedMapping.Settings.class),
                rs.getObject("used_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getString("used_by"));
    }

    private static byte[] hash(List<String> header) {
        String words = header.stream().map(SavedMapping::plain).collect(Collectors.joining("\n"));
        try {
            return MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
