package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows again who was erased, without knowing who they are: kept are HMACs of their address and the shop's number, with
 * the tenant in them and a key of the installation's own. Whoever has a copy of the table alone cannot try addresses.
 */
@Component
@TenantSql("Looks keys up by tenant; the key of the installation is no tenant's.")
public class ErasedPeople {

    private static final String NAME = "erasure";

    private final JdbcClient jdbc;
    private volatile byte @Nullable [] secret;

    ErasedPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the keys of somebody who is erased, and of whoever was merged into them. */
    void remember(TenantId tenant, long erasure, LocalDateTime at, List<Person> same) {
        for (Person person : same) {
            for (byte[] key : keys(tenant, person.email(), person.externalId())) {
                jdbc.sql("INSERT INTO erased_key (tenant_id, erased_key, erasure_id, at) VALUES (?, ?, ?, ?) "
                                + "ON DUPLICATE KEY UPDATE at = VALUES(at), erasure_id = VALUES(erasure_id)")
                        .params(tenant.value(), key, erasure, at)
                        .update();
            }
        }
    }

    /** Lets a person be known anew who came back by themselves, and proved that the address is theirs. */
    void forget(TenantId tenant, String email) {
        for (byte[] key : keys(tenant, email, null)) {
            jdbc.sql("DELETE FROM erased_key WHERE tenant_id = ? AND erased_key = ?")
                    .params(tenant.value(), key)
                    .update();
        }
    }

    /** When a person with this address or number was erased. */
    Optional<java.time.Instant> erasedAt(TenantId tenant, @Nullable String email, @Nullable String externalId) {
        for (byte[] key : keys(tenant, email, externalId)) {
            Optional<LocalDateTime> at = jdbc.sql("SELECT at FROM erased_key WHERE tenant_id = ? AND erased_key = ?")
                    .params(tenant.value(), key)
                    .query(LocalDateTime.class)
                    .optional();
            if (at.isPresent()) {
                return at.map(utc -> utc.toInstant(ZoneOffset.UTC));
            }
        }
        return Optional.empty();
    }

    /** All of a tenant's, for an import that asks about each row. */
    public Known known(TenantId tenant) {
        return new Known(tenant);
    }

    private int count(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM erased_key WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    private Set<ByteBuffer> all(TenantId tenant) {
        return jdbc
                .sql("SELECT erased_key FROM erased_key WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, n) -> ByteBuffer.wrap(rs.getBytes(1)))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    private List<byte[]> keys(TenantId tenant, @Nullable String email, @Nullable String externalId) {
        List<byte[]> keys = new ArrayList<>();
        if (email != null && !email.isBlank()) {
            keys.add(key(tenant, 'e', email.strip().toLowerCase(Locale.ROOT)));
        }
        if (externalId != null && !externalId.isBlank()) {
            keys.add(key(tenant, 'i', externalId.strip()));
        }
        return keys;
    }

    private byte[] key(TenantId tenant, char kind, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
            mac.update(ByteBuffer.allocate(9)
                    .putLong(tenant.value())
                    .put((byte) kind)
                    .array());
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
        }
    }

    /** Made once and kept in the database, where all nodes find it. */
    private byte[] secret() {
        byte[] known = secret;
        if (known == null) {
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            jdbc.sql("INSERT INTO installation_secret (name, value, created_at) VALUES (?, ?, UTC_TIMESTAMP(6)) "
                            + "ON DUPLICATE KEY UPDATE name = VALUES(name)")
                    .params(NAME, fresh)
                    .update();
            known = jdbc.sql("SELECT value FROM installation_secret WHERE name = ?")
                    .param(NAME)
                    .query((rs, row) -> rs.getBytes(1))
                    .single();
            secret = known;
        }
        return known;
    }

    /** The erased of one tenant, in memory. */
    public final class Known {

        private final TenantId tenant;
        private volatile Set<ByteBuffer> keys = Set.of();
        private long edition;
        private volatile boolean read;

        private Known(TenantId tenant) {
            this.tenant = tenant;
        }

        /**
         * Takes in who was erased since the last look.
         *
         * @return a number that is another one after a look that found something new
         */
        public synchronized long refresh() {
            if (count(tenant) != keys.size()) {
                keys = all(tenant);
                edition++;
            }
            read = true;
            return edition;
        }

        /**
         * Refuses to go on if somebody was erased since.
         *
         * @param before what {@link #refresh} gave then
         * @throws PessimisticLockingFailureException if so, as what was concluded from that reading has to be looked at anew
         */
        public void requireUnchanged(long before) {
            if (refresh() != before) {
                throw new PessimisticLockingFailureException("Somebody was erased meanwhile");
            }
        }

        /** Whether somebody with this address or number was erased, as of the last look. */
        public boolean has(@Nullable String email, @Nullable String externalId) {
            if (!read) {
                refresh();
            }
            return !keys.isEmpty()
                    && keys(tenant, email, externalId).stream()
                            .map(ByteBuffer::wrap)
                            .anyMatch(keys::contains);
        }
    }
}
