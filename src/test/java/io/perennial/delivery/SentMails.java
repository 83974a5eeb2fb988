package io.perennial.delivery;

import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.TestTenants;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mails that were sent, about which something may come back. */
public final class SentMails {

    private final SendingHarness harness;
    private final LinkSigner signer;
    private final MessageTokens tokens;

    public SentMails(ApplicationContext application) {
        this.harness = new SendingHarness(application);
        this.signer = application.getBean(LinkSigner.class);
        this.tokens = application.getBean(MessageTokens.class);
    }

    /** One mail to one customer. */
    public record Sent(TenantId tenant, RunId run, long message, CustomerId customer, String email) {}

    /** A run to new customers, all of whose mails were accepted an hour ago. */
    public List<Sent> run(TenantId tenant, int customers) {
        harness.customers(tenant, customers, "x" + TimeOrderedIds.next());
        return again(tenant);
    }

    /** One more run to all customers of the business. */
    public List<Sent> again(TenantId tenant) {
        RunId run = harness.prepared(tenant, new SendingHarness.PlainComposer(), null);
        harness.jdbc
                .sql("UPDATE message SET state = 'SENT', attempts = 1, first_attempt_at = UTC_TIMESTAMP(6), "
                        + "sent_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, changed_at = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ? AND run_id = ?")
                .params(tenant.value(), run.value())
                .update();
        return harness.jdbc
                .sql("SELECT id, customer_id, email FROM message WHERE tenant_id = ? AND run_id = ? ORDER BY id")
                .params(tenant.value(), run.value())
                .query((rs, row) ->
                        new Sent(tenant, run, rs.getLong(1), new CustomerId(rs.getLong(2)), rs.getString(3)))
                .list();
    }

    /** What fills the samples so that they are about this mail. */
    public Map<String, String> values(Sent sent) {
        String token = tokens.forReturn(sent.tenant(), sent.message());
        return Map.of(
                "token",
                token,
                "verp",
                verp(sent),
                "unsubscribe",
                signer.sign(new LinkToken(Purpose.UNSUBSCRIBE, sent.tenant(), sent.message(), 0)));
    }

    public String verp(Sent sent) {
        return "b-" + tokens.forReturn(sent.tenant(), sent.message()) + "@bounces.example";
    }

    public RunProgress progress(Sent sent) {
        return TestTenants.asOwner(sent.tenant(), () -> harness.outbox.progress(sent.run()));
    }

    public JdbcClient jdbc() {
        return harness.jdbc;
    }
}
