package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignReports;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.delivery.MessageOutcome;
import io.perennial.delivery.MessageState;
import io.perennial.delivery.RunProgress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of a campaign: in numbers, and of each person. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/campaigns/{campaign}", produces = "application/json")
class CampaignResultsApi {

    private final CampaignDesk desk;
    private final CampaignReports reports;
    private final Cursors cursors;

    CampaignResultsApi(CampaignDesk desk, CampaignReports reports, Cursors cursors) {
        this.desk = desk;
        this.reports = reports;
        this.cursors = cursors;
    }

    /** How far a campaign is. */
    record ProgressView(
            String campaignId,
            CampaignStatus status,
            long total,
            long waiting,
            long inFlight,
            long sent,
            long failed,
            long skipped,
            long inDoubt,
            long bounced,
            long complained,
            long unsubscribed,
            long opened,
            long clicked) {

        static ProgressView of(CampaignDetail campaign, RunProgress run) {
            return new ProgressView(
                    campaign.id().toString(),
                    campaign.status(),
                    run.total(),
                    run.waiting(),
                    run.inFlight(),
                    run.sent(),
                    run.failed(),
                    run.skipped(),
                    run.inDoubt(),
                    run.bounced(),
                    run.complained(),
                    run.unsubscribed(),
                    run.uniqueOpens(),
                    run.uniqueClicks());
        }
    }

    /** Of which results can be asked for alone: those that do not change any more, or only by a person. */
    enum Result {
        SENT,
        FAILED,
        SKIPPED,
        IN_DOUBT
    }

    /**
     * What became of one person's mail.
     *
     * @param state PENDING, CLAIMED and TRANSMITTING are on their way, RETRY_AT waits for another try; IN_DOUBT: the server
     *     may have it or not, and nobody is mailed twice without a person's word
     * @param reason why it was skipped or failed, or the server's reply
     */
    record ResultView(
            String messageId,
            String customerId,
            String email,
            MessageState state,
            @Nullable String reason,
            @Nullable Instant at,
            @Nullable Instant openedAt,
            @Nullable Instant clickedAt) {

        static ResultView of(MessageOutcome outcome) {
            return new ResultView(
                    Long.toString(outcome.messageId()),
                    outcome.customer().toString(),
                    outcome.email(),
                    outcome.state(),
                    outcome.detail(),
                    outcome.at(),
                    outcome.openedAt(),
                    outcome.clickedAt());
        }
    }

    @GetMapping("/progress")
    @Needs(Permission.CAMPAIGN_READ)
    ProgressView progress(@PathVariable @Positive long campaign) {
        CampaignDetail detail = desk.require(new CampaignId(campaign));
        return ProgressView.of(detail, reports.progress(detail.id()).orElse(RunProgress.NONE));
    }

    /** Person by person. */
    @GetMapping("/results")
    @Needs({Permission.CAMPAIGN_READ, Permission.CUSTOMER_READ})
    Listed<ResultView> results(
            @PathVariable @Positive long campaign,
            @RequestParam(required = false) @Nullable Result state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        CampaignId id = desk.require(new CampaignId(campaign)).id();
        String list = "results:" + id + ":" + state;
        MessageState only = state == null ? null : MessageState.valueOf(state.name());
        return cursors.page(
                list,
                reports.outcomesAfter(id, only, cursors.read(list, cursor, 0), limit + 1),
                limit,
                MessageOutcome::messageId,
                ResultView::of);
    }
}
