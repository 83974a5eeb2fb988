package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignNotReady;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.campaigns.MissedPolicy;
import io.perennial.campaigns.WrongCampaignState;
import io.perennial.content.TemplateId;
import io.perennial.segments.SegmentId;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Campaigns. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/campaigns", produces = "application/json")
class CampaignsApi {

    private final CampaignDesk desk;
    private final CampaignControl control;
    private final Cursors cursors;

    CampaignsApi(CampaignDesk desk, CampaignControl control, Cursors cursors) {
        this.desk = desk;
        this.control = control;
        this.cursors = cursors;
    }

    /**
     * A campaign.
     *
     * @param scheduledAt when it is, or was, to be sent; null for a draft
     */
    record CampaignView(
            String id,
            String name,
            CampaignStatus status,
            @Nullable String templateId,
            List<String> includedSegmentIds,
            List<String> excludedSegmentIds,
            @Nullable String topic,
            @Nullable Instant scheduledAt,
            @Nullable Instant launchedAt,
            @Nullable Instant finishedAt,
            Instant createdAt,
            String createdBy) {

        static CampaignView of(CampaignDetail detail) {
            CampaignContent content = detail.content();
            TemplateId template = content.template();
            return new CampaignView(
                    detail.id().toString(),
                    content.name(),
                    detail.status(),
                    template == null ? null : template.toString(),
                    content.include().stream().map(SegmentId::toString).toList(),
                    content.exclude().stream().map(SegmentId::toString).toList(),
                    content.topic(),
                    detail.when() == null ? null : detail.when().at(),
                    detail.launchedAt(),
                    detail.finishedAt(),
                    detail.createdAt(),
                    detail.createdBy());
        }
    }

    /**
     * A draft.
     *
     * @param includedSegmentIds whose customers get it; none means everybody who may be mailed
     * @param topic the consent topic; null means all mail
     */
    record CampaignInput(
            @NotBlank @Size(max = 120) String name,

            @JsonDeserialize(using = IdText.class) @Schema(types = {"string", "integer"}) @Positive @Nullable
            Long templateId,

            @JsonDeserialize(contentUsing = IdText.class)
            @ArraySchema(schema = @Schema(types = {"string", "integer"}))
            @Size(max = 20)
            @Nullable
            List<@NotNull @Positive Long> includedSegmentIds,

            @JsonDeserialize(contentUsing = IdText.class)
            @ArraySchema(schema = @Schema(types = {"string", "integer"}))
            @Size(max = 20)
            @Nullable
            List<@NotNull @Positive Long> excludedSegmentIds,

            @Size(max = 60) @Nullable String topic) {}

    /** @param at on the clocks of the business, without an offset; null to send at once */
    record ScheduleInput(@Nullable LocalDateTime at) {}

    @GetMapping
    @Needs(Permission.CAMPAIGN_READ)
    Listed<CampaignView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        return cursors.page(
                "campaigns",
                desk.below(cursors.read("campaigns", cursor, Long.MAX_VALUE), limit + 1),
                limit,
                c -> c.id().value(),
                CampaignView::of);
    }

    @GetMapping("/{campaign}")
    @Needs(Permission.CAMPAIGN_READ)
    CampaignView get(@PathVariable @Positive long campaign) {
        return CampaignView.of(desk.require(new CampaignId(campaign)));
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED) // for the description
    @Needs({Permission.CAMPAIGN_READ, Permission.CAMPAIGN_WRITE, Permission.SEGMENT_READ, Permission.CONTENT_READ})
    ResponseEntity<CampaignView> create(@RequestBody @Valid CampaignInput input) {
        CampaignId id;
        try {
            id = desk.create(new CampaignContent(
                    input.name(),
                    input.templateId() == null ? null : new TemplateId(input.templateId()),
                    segments(input.includedSegmentIds()),
                    segments(input.excludedSegmentIds()),
                    input.topic(),
                    null,
                    MissedPolicy.SEND_LATE,
                    CampaignContent.blank().lateHours()));
        } catch (NoSuchElementException e) {
            throw Refused.invalid("#", "This business has no such segment or template.");
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create(ApiSecurity.ROOT + "/campaigns/" + id))
                .body(CampaignView.of(desk.require(id)));
    }

    /** Mails people. */
    @PostMapping(path = "/{campaign}/schedule", consumes = "application/json")
    @Needs({Permission.CAMPAIGN_READ, Permission.CAMPAIGN_SEND, Permission.SEGMENT_READ, Permission.CONTENT_READ})
    CampaignView schedule(@PathVariable @Positive long campaign, @RequestBody @Valid ScheduleInput input) {
        return deed(campaign, id -> {
            if (input.at() == null) {
                control.sendNow(id);
            } else {
                control.schedule(id, input.at());
            }
        });
    }

    @PostMapping("/{campaign}/pause")
    @Needs({Permission.CAMPAIGN_READ, Permission.CAMPAIGN_SEND})
    CampaignView pause(@PathVariable @Positive long campaign) {
        return deed(campaign, control::pause);
    }

    @PostMapping("/{campaign}/resume")
    @Needs({Permission.CAMPAIGN_READ, Permission.CAMPAIGN_SEND})
    CampaignView resume(@PathVariable @Positive long campaign) {
        return deed(campaign, control::resume);
    }

    @PostMapping("/{campaign}/cancel")
    @Needs({Permission.CAMPAIGN_READ, Permission.CAMPAIGN_SEND})
    CampaignView cancel(@PathVariable @Positive long campaign) {
        return deed(campaign, control::cancel);
    }

    private CampaignView deed(long campaign, Consumer<CampaignId> what) {
        CampaignId id = new CampaignId(campaign);
        desk.require(id);
        try {
            what.accept(id);
        } catch (CampaignNotReady e) {
            throw new Refused(ApiProblem.of(
                    ApiProblem.Kind.CONFLICT,
                    "It cannot be scheduled yet.",
                    e.problems().stream().map(p -> new ApiProblem.Fault("#", p)).toList()));
        } catch (WrongCampaignState e) {
            throw new Refused(ApiProblem.Kind.CONFLICT, String.valueOf(e.getMessage()));
        }
        return CampaignView.of(desk.require(id));
    }

    private static List<SegmentId> segments(@Nullable List<Long> ids) {
        return ids == null ? List.of() : ids.stream().map(SegmentId::new).toList();
    }
}
