package io.perennial.delivery;

import io.perennial.customers.Suppressions;
import io.perennial.delivery.pace.Pacing;
import io.perennial.delivery.sender.SigningKeys;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs with customers of their own, and engines that serve only them: each has a composer kind of its own. */
class SendingHarness {

    final JdbcClient jdbc;
    final Outbox outbox;
    private final JdbcTemplate batches;
    private final PlatformTransactionManager transactions;
    private final ApplicationEventPublisher events;
    private final CustomerLinks links;
    final Pacing pacing;
    final SendingOutlook outlook;
    private final ReturnPath returnPath;
    private final TrackingPolicy tracking;
    private final MessageNews news;
    /** What mails are signed with; nothing unless a test says so. */
    SigningKeys keys = (tenant, domain) -> null;

    private final Suppressions suppressions;

    SendingHarness(ApplicationContext application) {
        this.jdbc = application.getBean(JdbcClient.class);
        this.outbox = application.getBean(Outbox.class);
        this.batches = application.getBean(JdbcTemplate.class);
        this.transactions = application.getBean(PlatformTransactionManager.class);
        this.events = application;
        this.suppressions = application.getBean(Suppressions.class);
        this.links = application.getBean(CustomerLinks.class);
        this.pacing = application.getBean(Pacing.class);
        this.outlook = application.getBean(SendingOutlook.class);
        this.returnPath = application.getBean(ReturnPath.class);
        this.tracking = application.getBean(TrackingPolicy.class);
        this.news = application.getBean(MessageNews.class);
    }

    /** Composes a small mail for everybody. */
    static class PlainComposer implements MessageComposer {

        private final String kind = "t-" + UUID.randomUUID();

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public Composition open(long reference) {
            return recipients -> recipients.stream().map(this::compose).toList();
        }

        Composed compose(Recipient recipient) {
            return new Composed.Message(
                    "Hello " + recipient.email(),
                    "<html><body><p>Grüße</p><a href=\"https://shop.example/a?x=1&amp;y=2\">Shop</a> <a href=\""
                            + recipient.unsubscribeLink() + "\">Unsubscribe</a></body></html>",
                    "Grüße\nhttps://shop.example/a?x=1&y=2.\n" + recipient.unsubscribeLink());
        }
    }

    static DeliveryProperties properties(int workers, int chunk, int step, Duration lease, Duration answer) {
        return new DeliveryProperties(
                true,
                workers,
                chunk,
                step,
                Duration.ofMillis(100),
                lease,
                Duration.ofSeconds(2),
                answer,
                Duration.ofSeconds(5),
                List.of(Duration.ofMinutes(30), Duration.ofHours(1)),
                Duration.ofDays(5),
                Duration.ofMillis(200),
                null);
    }

    static DeliveryProperties quick() {
        return properties(2, 50, 10, Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    DeliveryEngine engine(DeliveryProperties properties, MailServer server, MessageComposer... composers) {
        return engineWithLedger(properties, ledger(properties), tenant -> server, composers);
    }

    DeliveryEngine engine(DeliveryProperties properties, MailServers servers, MessageComposer... composers) {
        return engineWithLedger(properties, ledger(properties), servers, composers);
    }

    DeliveryEngine engineWithLedger(
            DeliveryProperties properties, Ledger ledger, ScriptedSmtp smtp, MessageComposer... composers) {
        MailServer server = server(properties, smtp.port());
        return engineWithLedger(properties, ledger, tenant -> server, composers);
    }

    private DeliveryEngine engineWithLedger(
            DeliveryProperties properties, Ledger ledger, MailServers servers, MessageComposer... composers) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        for (MessageComposer composer : composers) {
            beans.addBean(composer.kind(), composer);
        }
        return new DeliveryEngine(
                ledger,
                upkeep(),
                new Audience(jdbc, pacing),
                new RunLinks(jdbc),
                links,
                returnPath,
                tracking,
                suppressions,
                servers,
                keys,
                ledger.pulse(),
                pacing,
                beans.getBeanProvider(MessageComposer.class),
                properties);
    }

    DeliveryEngine engine(DeliveryProperties properties, ScriptedSmtp smtp, MessageComposer... composers) {
        return engine(properties, server(properties, smtp.port()), composers);
    }

    Ledger ledger(DeliveryProperties properties) {
        return new Ledger(
                jdbc, new MarkWriter(jdbc, news), transactions, new Pulse(jdbc, new NodeConnections()), properties);
    }

    /** A ledger that knows the runs of one business only. */
    Ledger ledgerOf(TenantId tenant, DeliveryProperties properties) {
        return new Ledger(
                jdbc, new MarkWriter(jdbc, news), transactions, new Pulse(jdbc, new NodeConnections()), properties) {
            @Override
            List<Run> active() {
                return super.active().stream()
                        .filter(run -> run.tenant().equals(tenant))
                        .toList();
            }
        };
    }

    LedgerUpkeep upkeep() {
        return new LedgerUpkeep(jdbc, new LedgerAudit(jdbc, transactions), transactions, events);
    }

    /** A ledger whose record of results fails as long as {@code failure} gives one. */
    Ledger ledgerThatCannotSettle(DeliveryProperties properties, Supplier<@Nullable DataAccessException> failure) {
        return new Ledger(
                jdbc, new MarkWriter(jdbc, news), transactions, new Pulse(jdbc, new NodeConnections()), properties) {

            private void mayFail(List<Mark> marks) {
                DataAccessException e = marks.isEmpty() ? null : failure.get();
                if (e != null) {
                    throw e;
                }
            }

            @Override
            boolean begin(Claim claim, long upTo, List<Mark> known) {
                mayFail(known);
                return super.begin(claim, upTo, known);
            }

            @Override
            void settle(Claim claim, List<Mark> marks) {
                mayFail(marks);
                super.settle(claim, marks);
            }

            @Override
            void end(Claim claim, List<Mark> marks) {
                mayFail(marks);
                super.end(claim, marks);
            }
        };
    }

    static MailServer server(DeliveryProperties properties, int port) {
        MailProperties mail = new MailProperties();
        mail.setHost("127.0.0.1");
        mail.setPort(port);
        return new SmtpServer(mail, properties, new StaticListableBeanFactory().getBeanProvider(SslBundles.class));
    }

    /** Adds customers c0@prefix.example, c1@... and gives their ids. */
    List<Long> customers(TenantId tenant, int count, String prefix) {
        List<Long> ids = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = TimeOrderedIds.next();
            ids.add(id);
            rows.add(new Object[] {tenant.value(), id, "c" + i + "@" + prefix + ".example"});
        }
        batches.batchUpdate(
                "INSERT INTO customer (tenant_id, id, email, created_at, updated_at) "
                        + "VALUES (?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                rows);
        return ids;
    }

    static SqlFragment everybody(TenantId tenant) {
        return SqlFragment.of("SELECT c.id, c.email FROM customer c WHERE c.tenant_id = ?", tenant.value());
    }

    /** A run to all customers of a tenant, not released yet. */
    RunId prepared(TenantId tenant, MessageComposer composer, @Nullable String topic) {
        return TestTenants.asOwner(tenant, () -> {
            RunId run = outbox.open(new RunSpec(
                    composer.kind(),
                    7,
                    "Test",
                    "Röstwerk",
                    new EmailAddress("hello@roast.example"),
                    new EmailAddress("answers@roast.example"),
                    topic));
            outbox.enqueue(run, everybody(tenant));
            return run;
        });
    }

    /** The same, released. */
    RunId released(TenantId tenant, MessageComposer composer) {
        RunId run = prepared(tenant, composer, null);
        TestTenants.asOwner(tenant, () -> outbox.release(run));
        return run;
    }

    RunProgress progress(TenantId tenant, RunId run) {
        return TestTenants.asOwner(tenant, () -> outbox.progress(run));
    }
}
