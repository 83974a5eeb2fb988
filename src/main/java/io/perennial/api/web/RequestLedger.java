package io.perennial.api.web;

import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Requests that named themselves, and what they were answered. */
@Component
@TenantSql("A row for a request, locked while it is worked on; every statement names the tenant.")
class RequestLedger {

    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final int STEP = 2_000;
    private static final Logger log = LoggerFactory.getLogger(RequestLedger.class);

    private final JdbcClient jdbc;

    RequestLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An answer as it was given.
     *
     * @param customer whose data may be in it; nothing where nobody's is
     */
    record Answer(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            byte[] body,
            @Nullable Long customer) {}

    /** @param answer nothing where it was not answered yet */
    record Known(byte[] requestHash, @Nullable Answer answer) {}

    /** Outside of the transaction of the work, so that there is a row to be locked. */
    void name(byte[] name, byte[] request) {
        // Asked first: an insert would wait for whoever holds the row.
        boolean there = jdbc.sql("SELECT 1 FROM api_request WHERE tenant_id = ? AND name_hash = ?")
                .params(tenant(), name)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!there) {
            jdbc.sql("INSERT INTO api_request (tenant_id, name_hash, request_hash, at) VALUES (?, ?, ?, ?) "
                            + "ON DUPLICATE KEY UPDATE at = at")
                    .params(tenant(), name, request, LocalDateTime.now(Clock.systemUTC()))
                    .update();
        }
    }

    /** Takes a named request for this transaction; empty where another one has it. */
    Optional<Known> lock(byte[] name) {
        return jdbc.sql("SELECT request_hash, status, content_type, location, body, customer_id FROM api_request "
                        + "WHERE tenant_id = ? AND name_hash = ? FOR UPDATE SKIP LOCKED")
                .params(tenant(), name)
                .query((rs, n) -> {
                    int status = rs.getInt(2);
                    boolean answered = !rs.wasNull();
                    return new Known(
                            rs.getBytes(1),
                            answered
                                    ? new Answer(status, rs.getString(3), rs.getString(4), rs.getBytes(5), null)
                                    : null);
                })
                .optional();
    }

    void answer(byte[] name, byte[] request, Answer answer) {
        jdbc.sql("UPDATE api_request SET request_hash = ?, status = ?, content_type = ?, location = ?, body = ?, "
                        + "customer_id = ?, at = ? WHERE tenant_id = ? AND name_hash = ?")
                .params(request, answer.status())
                .param(answer.contentType())
                .param(answer.location())
                .param(answer.body())
                .param(answer.customer())
                .params(LocalDateTime.now(Clock.systemUTC()), tenant(), name)
                .update();
    }

    @Scheduled(initialDelay = 70, fixedDelay = 1_800, timeUnit = TimeUnit.SECONDS)
    void forget() {
        int gone = 0;
        int step;
        do {
            step = jdbc.sql("DELETE FROM api_request /* all tenants */ WHERE at < ? LIMIT " + STEP)
                    .param(LocalDateTime.now(Clock.systemUTC()).minus(KEPT))
                    .update();
            gone += step;
        } while (step == STEP);
        if (gone > 0) {
            log.debug("Forgot the answers to {} requests", gone);
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
