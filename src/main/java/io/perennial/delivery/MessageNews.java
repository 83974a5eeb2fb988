package io.perennial.delivery;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells programs outside of messages: those that were sent step by step, with all of a step in one event. */
@Component
@TenantSql("Looks up whose a run is, where somebody wants to know; the statement names the tenant.")
public class MessageNews {

    /** Who composes the mails of campaigns. */
    private static final String CAMPAIGN = "campaign";

    private final JdbcClient jdbc;
    private final Happenings happenings;

    MessageNews(JdbcClient jdbc, Happenings happenings) {
        this.jdbc = jdbc;
        this.happenings = happenings;
    }

    /** Servers took these, or refused them for good. */
    void marked(Claim claim, Mark kind, List<Mark> marks) {
        EventType type = kind.state() == MessageState.SENT
                ? EventType.MESSAGE_SENT
                : kind.bounced() ? EventType.MESSAGE_BOUNCED : null;
        TenantId tenant = claim.run().tenant();
        if (type == null || !happenings.isHeard(tenant, type)) {
            return;
        }
        Map<Long, Long> customers = new HashMap<>();
        claim.messages().forEach(held -> customers.put(held.id(), held.customer()));
        String campaign = campaign(claim.run().composer(), claim.run().reference());
        List<EventData.Message> messages = new ArrayList<>(marks.size());
        for (Mark mark : marks) {
            messages.add(new EventData.Message(Long.toString(mark.id()), String.valueOf(customers.get(mark.id()))));
        }
        for (int from = 0; from < messages.size(); from += EventData.MOST) {
            List<EventData.Message> some =
                    List.copyOf(messages.subList(from, Math.min(messages.size(), from + EventData.MOST)));
            happenings.tell(tenant, type, () -> new EventData.Messages(campaign, some));
        }
    }

    /** Something happened to a message that was sent before. */
    public void happened(TenantId tenant, EventType type, long run, long message, CustomerId customer) {
        happenings.tell(
                tenant,
                type,
                customer,
                () -> new EventData.Messages(
                        campaignOf(tenant, run),
                        List.of(new EventData.Message(Long.toString(message), customer.toString()))));
    }

    private @Nullable String campaignOf(TenantId tenant, long run) {
        return jdbc.sql("SELECT reference FROM delivery_run WHERE tenant_id = ? AND id = ? AND composer = ?")
                .params(tenant.value(), run, CAMPAIGN)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private static @Nullable String campaign(String composer, long reference) {
        return composer.equals(CAMPAIGN) ? Long.toString(reference) : null;
    }
}
