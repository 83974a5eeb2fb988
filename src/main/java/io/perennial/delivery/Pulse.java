package io.perennial.delivery;

import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the other nodes that this one lives, and which of them do not. A node is dead when its count has stood still for
 * {@link #SILENCE} of this node's own watching, or for {@link #GONE} if its process is gone from this very machine: no
 * clock is compared with another.
 */
@Component
@TenantSql("Nodes serve all tenants; their table belongs to none.")
class Pulse {

    static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(9);
    /** Where its process is gone from this machine, too. Not at once: two machines may bear the same name. */
    private static final Duration GONE = Duration.ofSeconds(3);
    /** Without news for so long, this node may be taken for dead soon: it begins nothing more. */
    private static final Duration DOUBTFUL = Duration.ofSeconds(6);

    private static final Duration PRUNING = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);

    private final JdbcClient jdbc;
    private final NodeConnections own;
    private final SilentConnections silent;
    private final String host = hostName();
    private final Map<Long, Sign> signs = new HashMap<>();
    private volatile long id = TimeOrderedIds.next();
    private volatile long lastBeat;
    private volatile boolean beating;
    private volatile Set<Long> dead = Set.of();
    private long pruned = System.nanoTime();

    Pulse(JdbcClient jdbc, NodeConnections own) {
        this.jdbc = jdbc;
        this.own = own;
        this.silent = new SilentConnections(jdbc);
    }

    /** What a node's count was, and since when. */
    private record Sign(long beat, long since) {}

    private record Node(long id, String host, long pid, long beat) {}

    /** Names this node in its claims. */
    long id() {
        return id;
    }

    /** Whether the others surely take this node for living. */
    boolean isFelt() {
        return !beating || System.nanoTime() - lastBeat < DOUBTFUL.toNanos();
    }

    /** Nodes whose claims anybody may end. */
    Set<Long> dead() {
        return dead;
    }

    /** Once each {@link #BEAT}, by one thread. */
    void beat() {
        long now = System.nanoTime();
        if (!beating || say() == 0) {
            enter();
        }
        if (beating && now - lastBeat > SILENCE.toNanos() / 2) {
            signs.clear(); // what was not watched says nothing
        }
        lastBeat = System.nanoTime();
        beating = true;
        watch(lastBeat);
    }

    /** This node ends; nothing is in its hands any more. */
    void end() {
        if (beating) {
            beating = false;
            own.belongTo(0);
            silent.forget(id);
            jdbc.sql("DELETE FROM delivery_node WHERE id = ?").param(id).update();
        }
    }

    private int say() {
        return jdbc.sql("UPDATE delivery_node SET beat = beat + 1, seen_at = UTC_TIMESTAMP(6) WHERE id = ?")
                .param(id)
                .update();
    }

    /** Under a new name: claims of an old one may have been ended. */
    private void enter() {
        if (beating) {
            log.warn("The other nodes took this one for dead; it goes on under a new name");
            silent.forget(id);
            id = TimeOrderedIds.next();
        }
        jdbc.sql("INSERT INTO delivery_node (id, host, pid, beat, started_at, seen_at) "
                        + "VALUES (?, ?, ?, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .params(id, host, ProcessHandle.current().pid())
                .update();
        own.belongTo(id);
    }

    private void watch(long now) {
        List<Node> others = jdbc.sql("SELECT id, host, pid, beat FROM delivery_node WHERE id <> ?")
                .param(id)
                .query((rs, row) -> new Node(rs.getLong(1), rs.getString(2), rs.getLong(3), rs.getLong(4)))
                .list();
        Set<Long> gone = new HashSet<>();
        for (Node node : others) {
            Sign sign = signs.get(node.id());
            if (sign == null || sign.beat() != node.beat()) {
                sign = new Sign(node.beat(), now);
                signs.put(node.id(), sign);
            }
            long still = now - sign.since();
            if (still > SILENCE.toNanos() || (still > GONE.toNanos() && isGoneFromHere(node))) {
                gone.add(node.id());
            }
        }
        signs.keySet().retainAll(others.stream().map(Node::id).toList());
        gone.stream().filter(node -> !dead.contains(node)).forEach(node -> log.warn("Node {} is dead", node));
        dead = Set.copyOf(gone);
        for (long node : gone) {
            if (silent.close(node)) {
                bury(node);
            }
        }
        if (now - pruned > PRUNING.toNanos()) {
            pruned = now;
            silent.prune(id);
        }
    }

    /** A row is kept as long as claims of its node are. Looked for without a lock: this thread waits for nobody. */
    private void bury(long node) {
        boolean claiming = jdbc.sql("/* all tenants */ SELECT EXISTS (SELECT 1 FROM delivery_claim c WHERE c.node = ?)")
                .param(node)
                .query((rs, row) -> rs.getBoolean(1))
                .single();
        if (!claiming) {
            silent.forget(node);
            jdbc.sql("DELETE FROM delivery_node WHERE id = ?").param(node).update();
        }
    }

    private boolean isGoneFromHere(Node node) {
        return node.host().equals(host)
                && node.pid() != ProcessHandle.current().pid()
                && ProcessHandle.of(node.pid()).isEmpty();
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.substring(0, Math.min(200, name.length()));
        } catch (UnknownHostException e) {
            return "unknown-" + TimeOrderedIds.next();
        }
    }
}
