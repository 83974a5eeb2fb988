package io.perennial.campaigns;

import io.perennial.delivery.RunEchoes;
import io.perennial.delivery.RunProgress;
import java.math.BigDecimal;
import java.util.List;

/**
 * What came of a campaign.
 *
 * @param reasons why mails failed or were skipped, the most frequent first
 * @param ordered who ordered in the days after
 * @param echoes visits by machines, and what came back
 */
public record CampaignReport(
        RunProgress progress, List<Reason> reasons, OrderedAfterwards ordered, RunEchoes.Echoes echoes) {

    /** How long after its mail a customer's order counts as "ordered afterwards". */
    public static final int DAYS_AFTER = 7;

    /**
     * Mails that did not go out, by reason.
     *
     * @param skipped left out on purpose; otherwise failed
     * @param words the server's reply or the product's own reason
     */
    public record Reason(boolean skipped, String words, long count) {}

    /**
     * Valid orders placed by people who got the mail within {@link #DAYS_AFTER} days after it. Many of them would have
     * ordered anyway: this is no lift.
     *
     * @param customers how many people ordered
     * @param value of these orders, net, in the tenant's currency
     */
    public record OrderedAfterwards(long customers, long orders, BigDecimal value) {}
}
