package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.delivery.RunId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CampaignTest {

    private static final Author ANA = new Author("Ana", Instant.parse("2026-01-01T10:00:00Z"));
    private static final PlannedTime TOMORROW =
            PlannedTime.of(LocalDateTime.parse("2026-01-02T09:00"), ZoneId.of("Europe/Prague"));

    private final Campaign campaign = Campaign.draft(null, ANA);

    @Test
    void goesFromDraftToDone() {
        campaign.scheduleFor(TOMORROW, ANA);
        campaign.launched(new RunId(7), AudienceCount.NOBODY, TOMORROW.at());
        campaign.pause(ANA);
        campaign.resume(ANA);
        assertThat(campaign.finish(TOMORROW.at())).isTrue();
        assertThat(campaign.status()).isEqualTo(CampaignStatus.DONE);
        assertThat(campaign.finish(TOMORROW.at())).isFalse();
    }

    @Test
    void onlyADraftIsChangedOrDeleted() {
        campaign.scheduleFor(TOMORROW, ANA);
        refused("Only a draft can be changed", () -> campaign.fill(CampaignContent.blank(), ANA));
        refused("Only a draft can be deleted", campaign::requireDeletable);
        campaign.backToDraft(ANA);
        campaign.fill(CampaignContent.blank(), ANA);
        assertThat(campaign.sendAt()).isNull();
    }

    @Test
    void onlyWhatIsBeingSentIsPaused() {
        refused("Only a campaign that is being sent can be paused", () -> campaign.pause(ANA));
        refused("Only a paused campaign can go on", () -> campaign.resume(ANA));
        campaign.scheduleFor(TOMORROW, ANA);
        refused("can be paused", () -> campaign.pause(ANA));
    }

    @Test
    void whatIsOverStaysOver() {
        campaign.cancel(ANA);
        refused("nothing left to cancel", () -> campaign.cancel(ANA));
        refused("cannot be scheduled again", () -> campaign.scheduleFor(TOMORROW, ANA));
        refused("can start", () -> campaign.launched(new RunId(7), AudienceCount.NOBODY, TOMORROW.at()));
    }

    @Test
    void aMissedOneIsScheduledAnewOrCancelled() {
        campaign.scheduleFor(TOMORROW, ANA);
        campaign.missed("The power was out");
        assertThat(campaign.status()).isEqualTo(CampaignStatus.MISSED);
        campaign.scheduleFor(TOMORROW, ANA);
        campaign.missed("Again");
        campaign.cancel(ANA);
        assertThat(campaign.status()).isEqualTo(CampaignStatus.CANCELLED);
    }

    private static void refused(String words, Runnable deed) {
        assertThatExceptionOfType(WrongCampaignState.class)
                .isThrownBy(deed::run)
                .withMessageContaining(words);
    }
}
