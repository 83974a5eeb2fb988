package io.perennial.webhooks;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in events: ids, and what changed about them. Who somebody is, is asked for by the API with a key that may: so no
 * name and no address lies in a log or with a receiver that should have forgotten it.
 */
public sealed interface EventData {

    /** Ids in an event at most; more of them are told by several. */
    int MOST = 500;

    /** @param customerIds one, or several where many changed at once */
    record Customers(List<String> customerIds) implements EventData {}

    /**
     * What customers agreed to, or took back.
     *
     * @param topic the topic's code
     * @param status GRANTED or WITHDRAWN
     */
    record Consent(List<String> customerIds, String topic, String status) implements EventData {}

    /** @param reason why nobody mails them: MANUAL, UNSUBSCRIBED, BOUNCED, COMPLAINED */
    record Suppression(List<String> customerIds, String reason) implements EventData {}

    /** @param number the shop's own */
    record Order(String number, @Nullable String customerId) implements EventData {}

    /**
     * A file was imported, or an import stopped for good. What it changed is told by this alone, not customer by customer.
     *
     * @param kind CUSTOMERS, ORDERS, CONSENTS or SUPPRESSIONS
     * @param state DONE, FAILED or CANCELLED
     */
    record Import(String importId, String kind, String state, long read, long created, long updated, long rejected)
            implements EventData {}

    record SegmentMove(String segmentId, List<String> customerIds) implements EventData {}

    /** @param recipients how many people it was queued for; null where that is not told */
    record Campaign(String campaignId, @Nullable Long recipients) implements EventData {}

    /**
     * Mails that a server took, that came back, or that their receivers did something with.
     *
     * @param campaignId nothing for mails that are no campaign's
     */
    record Messages(@Nullable String campaignId, List<Message> messages) implements EventData {}

    record Message(String messageId, String customerId) {}

    /** @param orderAmount what was bought with it before the discount; null where the till did not say */
    record Voucher(
            String voucherId,
            String promotionId,
            String customerId,
            @Nullable BigDecimal orderAmount) implements EventData {}

    /** @param endpointId which is tried */
    record Test(String endpointId) implements EventData {}
}
