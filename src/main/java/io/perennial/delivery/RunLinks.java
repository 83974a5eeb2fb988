package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The web addresses in the mails of runs. A click leads only to one of them. */
@Component
@TenantSql("Inserts many at once and only what is new; each statement names the run's tenant.")
class RunLinks {

    private static final int REMEMBERED = 50_000;

    private final JdbcClient jdbc;
    private final Set<Known> known =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Known, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    RunLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Known(Run.Key run, long link) {}

    /** The number of an address: made from itself, so that nodes need not agree on one. */
    static long number(String url) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /**
     * The number of an address that all mails of a run share: 40 bits, which make for shorter links. As a run has few of
     * these, two of them get the same one in 1 of 200 million runs of 100 links.
     */
    static long shortNumber(String url) {
        return number(url) >>> 24;
    }

    /** Keeps the links of a chunk of messages, before any of these is sent. */
    void keep(Run run, Map<Long, String> links) {
        // In one order everywhere, so that workers inserting the same links wait for each other but do not deadlock.
        Set<Long> fresh = new TreeSet<>();
        links.keySet().stream()
                .filter(link -> !known.contains(new Known(run.key(), link)))
                .forEach(fresh::add);
        if (fresh.isEmpty()) {
            return;
        }
        List<Object> params = new ArrayList<>(fresh.size() * 4);
        for (Long link : fresh) {
            params.addAll(List.of(run.tenant().value(), run.id().value(), link, links.getOrDefault(link, "")));
        }
        String rows = "(?, ?, ?, ?), ".repeat(fresh.size() - 1) + "(?, ?, ?, ?)";
        jdbc.sql("INSERT INTO run_link (tenant_id, run_id, link, url) VALUES " + rows
                        + " ON DUPLICATE KEY UPDATE link = VALUES(link)")
                .params(params)
                .update();
        fresh.forEach(link -> known.add(new Known(run.key(), link)));
    }

    /** Where a link of a run leads. */
    Optional<String> find(long tenant, long run, long link) {
        return jdbc.sql("SELECT url FROM run_link WHERE tenant_id = ? AND run_id = ? AND link = ?")
                .params(tenant, run, link)
                .query(String.class)
                .optional();
    }
}
