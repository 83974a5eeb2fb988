package io.perennial.customers.imports;

import io.perennial.customers.Article;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/** Knows the articles of businesses: a line is written when its article is there, so that rules find the line. */
@Component
@TenantSql("Adds articles a thousand at a time, on a connection of its own; each row names its tenant.")
class Articles {

    private static final int STEP = 1_000;

    /** Articles remembered as stored, of all businesses; a hundred bytes each. */
    private static final int REMEMBERED = 100_000;

    private record Key(long tenant, long id) {}

    private final JdbcTemplate jdbc;
    private final JdbcTemplate apart;
    private final ChunkTransactions transactions;
    private final Set<Key> stored = ConcurrentHashMap.newKeySet();

    Articles(JdbcTemplate jdbc, ChunkTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.apart = new JdbcTemplate(new DelegatingDataSource(Objects.requireNonNull(jdbc.getDataSource())));
    }

    /**
     * The numbers of these articles, in their order, each stored where it was missing: at once and for all to see,
     * or chunks that wait for their turn would lock each other out. Whoever asks has written nothing yet that another
     * could wait for. Within somebody's transaction they are part of it.
     */
    List<Long> of(TenantId tenant, List<Article> articles) {
        Map<Article, Long> ids = new HashMap<>();
        List<Long> inOrder = new ArrayList<>(articles.size());
        for (Article article : articles) {
            inOrder.add(ids.computeIfAbsent(article, Article::id));
        }
        List<Map.Entry<Article, Long>> unsure = ids.entrySet().stream()
                .filter(entry -> !stored.contains(new Key(tenant.value(), entry.getValue())))
                .sorted(Comparator.comparingLong(Map.Entry::getValue))
                .toList();
        Sql.steps(unsure, STEP, some -> store(tenant, some));
        return inOrder;
    }

    private void store(TenantId tenant, List<Map.Entry<Article, Long>> articles) {
        List<Long> ids = articles.stream().map(Map.Entry::getValue).toList();
        Set<Long> there = new HashSet<>(jdbc.queryForList(
                "SELECT id FROM article WHERE tenant_id = ? AND id IN " + Sql.list(ids), Long.class, tenant.value()));
        boolean own = !transactions.isWithinOther() || transactions.maySendFiles();
        Sql.batch(
                own ? apart : jdbc,
                "INSERT INTO article (tenant_id, id, sku, product, category) VALUES (?, ?, ?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE id = VALUES(id)",
                articles.stream()
                        .filter(entry -> !there.contains(entry.getValue()))
                        .<@Nullable Object[]>map(entry -> new @Nullable Object[] {
                            tenant.value(),
                            entry.getValue(),
                            entry.getKey().sku(),
                            entry.getKey().product(),
                            entry.getKey().category()
                        })
                        .toList());
        if (own) {
            if (stored.size() > REMEMBERED) {
                stored.clear();
            }
            ids.forEach(id -> stored.add(new Key(tenant.value(), id)));
        }
    }
}
