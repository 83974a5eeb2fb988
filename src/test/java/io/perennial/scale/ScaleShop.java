package io.perennial.scale;

import io.perennial.customers.imports.SummaryStore;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A shop of any size that looks like one: three years of purchases by people's own rhythms, popular and rare products and
 * cities, consents, suppressions, tags, mails and what became of them. The same for the same seed and day, but for ids.
 */
@TenantSql("Test data, each row with its tenant.")
public final class ScaleShop {

    /** Its last day is yesterday. */
    private static final LocalDateTime BEGIN =
            LocalDate.now(ZoneOffset.UTC).minusDays(3 * 365).atStartOfDay();

    private static final long SEED = 20_260_101;
    private static final int STEP = 250_000;
    private static final int MAILINGS = 24;

    private final ApplicationContext application;
    private final JdbcClient jdbc;
    private final BulkLoad bulk;
    private final TenantId tenant;
    private final ScalePeople people;
    private final ScaleOrders orders;
    private final int customers;

    private ScaleShop(ApplicationContext application, TenantId tenant, int customers, long seed) {
        this.application = application;
        this.jdbc = application.getBean(JdbcClient.class);
        this.bulk = new BulkLoad(application.getEnvironment());
        this.tenant = tenant;
        this.customers = customers;
        this.people = new ScalePeople(tenant, seed, customers, TimeOrderedIds.nextBlock(customers), BEGIN);
        this.orders = new ScaleOrders(people, seed);
    }

    /** The shop of this size; loaded first if it is not there yet. */
    public static TenantId of(ApplicationContext application, int customers) {
        return named(application, String.format(Locale.ROOT, "Shop of %,d", customers), customers, SEED);
    }

    /** Many shops of this size, each with its own customers. */
    public static List<TenantId> many(ApplicationContext application, int shops, int customers) {
        return IntStream.rangeClosed(1, shops)
                .mapToObj(n -> named(
                        application, String.format(Locale.ROOT, "Shop %d of %,d", n, customers), customers, SEED + n))
                .toList();
    }

    private static TenantId named(ApplicationContext application, String name, int customers, long seed) {
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        Optional<Long> there = jdbc.sql("SELECT id FROM business WHERE name = ? LIMIT 1")
                .param(name)
                .query(Long.class)
                .optional();
        if (there.isPresent()) {
            return new TenantId(there.get());
        }
        TenantId tenant = application.getBean(TestTenants.class).fresh(name + ", unfinished");
        new ScaleShop(application, tenant, customers, seed).load();
        jdbc.sql("UPDATE business SET name = ? WHERE id = ?")
                .params(name, tenant.value())
                .update();
        return tenant;
    }

    private void load() {
        long began = System.nanoTime();
        topics();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<?>> loading = List.of(both.submit(this::loadPeople), both.submit(this::loadOrders));
            for (Future<?> part : loading) {
                part.get();
            }
            said("customers, orders and lines", began);
            Future<?> mails = both.submit(this::loadMails);
            both.submit(this::summarise).get();
            mails.get();
            said("summaries and mails", began);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("The shop could not be loaded", e);
        }
        jdbc.sql("ANALYZE TABLE customer, customer_summary, customer_order, order_line, consent, "
                        + "customer_tag, suppression, message, message_event")
                .query((rs, n) -> rs.getString(1))
                .list();
        said("all", began);
    }

    private void said(String what, long began) {
        System.out.printf(
                Locale.ROOT,
                "Business %s, %,d customers, %,d orders: %s after %.0f s%n",
                tenant,
                customers,
                orders.count(),
                what,
                (System.nanoTime() - began) / 1e9);
    }

    private void topics() {
        for (String topic : ScalePeople.TOPICS) {
            jdbc.sql("INSERT INTO consent_topic (tenant_id, code, name, position) VALUES (?, ?, ?, 1)")
                    .params(tenant.value(), topic, topic)
                    .update();
        }
    }

    private void loadPeople() {
        steps(customers, "customer", ScalePeople.COLUMNS, people::customer);
        steps(
                customers,
                "customer_summary",
                "tenant_id, customer_id",
                (row, i) -> row.add(tenant.value()).add(people.id(i)).end());
        steps(customers, "consent", ScalePeople.CONSENT_COLUMNS, people::consents);
        steps(customers, "consent_change", ScalePeople.CHANGE_COLUMNS, people::changes);
        steps(customers, "customer_tag", "tenant_id, customer_id, tag", people::tags);
        steps(customers, "suppression", ScalePeople.SUPPRESSION_COLUMNS, people::suppression);
    }

    private void loadOrders() {
        steps(orders.count(), "customer_order", ScaleOrders.COLUMNS, orders::order);
        steps(orders.count(), "order_line", ScaleOrders.LINE_COLUMNS, orders::lines);
        jdbc.sql(
                        "INSERT INTO article (tenant_id, id, sku, product, category) SELECT tenant_id, article_id, MIN(sku), "
                                + "MIN(product), MIN(category) FROM order_line WHERE tenant_id = ? GROUP BY tenant_id, article_id")
                .param(tenant.value())
                .update();
    }

    private void summarise() {
        SummaryStore summaries = application.getBean(SummaryStore.class);
        TransactionTemplate transactions = application.getBean(TransactionTemplate.class);
        int step = 10_000;
        for (int from = 0; from < customers; from += step) {
            List<Long> ids = LongStream.range(people.id(from), people.id(Math.min(customers, from + step)))
                    .boxed()
                    .toList();
            transactions.executeWithoutResult(tx -> summaries.recompute(tenant, ids));
        }
    }

    private void loadMails() {
        long runs = TimeOrderedIds.nextBlock(MAILINGS);
        long first = TimeOrderedIds.nextBlock(customers);
        for (int run = 0; run < MAILINGS; run++) {
            ScaleMails mails = new ScaleMails(people, run, MAILINGS, runs + run, first + (long) run * customers);
            jdbc.sql("INSERT INTO delivery_run (tenant_id, id, composer, reference, title, sender_name, sender_email, "
                            + "state, created_at, released_at, finished_at) "
                            + "VALUES (?, ?, 'bench', ?, ?, 'Shop', 'shop@shop.example', 'DONE', ?, ?, ?)")
                    .params(tenant.value(), runs + run, run, "Mailing " + (run + 1), mails.at(), mails.at(), mails.at())
                    .update();
            steps(customers, "message", ScaleMails.COLUMNS, mails::message);
            steps(customers, "message_event", ScaleMails.EVENT_COLUMNS, mails::events);
            jdbc.sql("INSERT INTO delivery_cursor (tenant_id, run_id, first_id, last_id, claimed_to, sent) "
                            + "SELECT tenant_id, run_id, MIN(id), MAX(id), MAX(id), COUNT(*) FROM message "
                            + "WHERE tenant_id = ? AND run_id = ? GROUP BY tenant_id, run_id")
                    .params(tenant.value(), runs + run)
                    .update();
            jdbc.sql("UPDATE delivery_run r SET audience = (SELECT COUNT(*) FROM message m WHERE m.tenant_id = "
                            + "r.tenant_id AND m.run_id = r.id) WHERE r.tenant_id = ? AND r.id = ?")
                    .params(tenant.value(), runs + run)
                    .update();
        }
    }

    /** Writes what belongs to one thing. */
    private interface Part {
        void write(BulkLoad.Row row, int index) throws InterruptedException;
    }

    /** In several transactions: one of many millions of rows would make the database keep all of it to undo. */
    private void steps(int count, String table, String columns, Part part) {
        for (int from = 0; from < count; from += STEP) {
            int begin = from;
            int end = Math.min(count, from + STEP);
            bulk.load(table, columns, row -> {
                for (int i = begin; i < end; i++) {
                    part.write(row, i);
                }
            });
        }
    }
}
