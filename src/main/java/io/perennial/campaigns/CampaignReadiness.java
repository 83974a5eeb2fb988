package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Business;
import io.perennial.campaigns.CampaignProblem.Place;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateProblem;
import io.perennial.delivery.SenderTrust;
import io.perennial.kernel.EmailAddress;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentId;
import io.perennial.uikit.Formats;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a campaign still needs before it may be scheduled. */
@Component
class CampaignReadiness {

    /** Where the sender and the postal address are set. */
    static final String SENDER_PAGE = "settings";

    /** Where the keys of its domain are made. */
    private static final String SENDING_PAGE = "settings/sending";

    private static final Duration FURTHEST = Duration.ofDays(2 * 366);

    private final TemplateDirectory templates;
    private final CampaignOrigins origins;
    private final SenderTrust trust;
    private final SegmentDirectory segments;

    CampaignReadiness(
            TemplateDirectory templates, CampaignOrigins origins, SenderTrust trust, SegmentDirectory segments) {
        this.segments = segments;
        this.templates = templates;
        this.origins = origins;
        this.trust = trust;
    }

    /**
     * Everything but the time and the size of the audience.
     *
     * @param origin of the campaign; null for one of its own
     */
    List<CampaignProblem> ofContent(
            CampaignContent content, CampaignPlanner.@Nullable Origin origin, Business business) {
        List<CampaignProblem> problems = new ArrayList<>();
        if (content.name().isEmpty()) {
            problems.add(new CampaignProblem(Place.NAME, t("campaigns.problem.name"), null));
        }
        problems.addAll(ofTemplate(content, origin));
        problems.addAll(ofSender(business));
        return problems;
    }

    /** What keeps it from nothing, and lets mailboxes doubt it. */
    List<CampaignProblem> ofTrust(Business business) {
        return Optional.ofNullable(business.senderEmail()).flatMap(EmailAddress::parse).stream()
                .filter(sender -> !trust.isSigned(sender))
                .map(sender -> new CampaignProblem(
                        Place.SENDER, t("campaigns.warning.unsigned", sender.domain()), SENDING_PAGE))
                .toList();
    }

    /**
     * Segments that must not be used as they are.
     *
     * @param gone whether one was deleted since it was said for whom the campaign is
     */
    List<CampaignProblem> ofSegments(List<SegmentId> named, boolean gone) {
        List<CampaignProblem> problems = new ArrayList<>();
        if (gone) {
            problems.add(new CampaignProblem(Place.AUDIENCE, t("campaigns.problem.segment_gone"), null));
        }
        for (SegmentId id : named) {
            if (segments.isArchived(id)) {
                String name = segments.require(id).name();
                problems.add(new CampaignProblem(
                        Place.AUDIENCE, t("campaigns.problem.segment_archived", name), "segments/" + id));
            }
        }
        return problems;
    }

    List<CampaignProblem> ofAudience(AudienceCount audience, CampaignContent content) {
        if (audience.mailed() > 0) {
            return List.of();
        }
        String message = audience.picked() == 0
                ? t(
                        content.include().isEmpty()
                                ? "campaigns.problem.nobody_at_all"
                                : "campaigns.problem.audience_empty")
                : t("campaigns.problem.audience_all_left_out", audience.picked());
        return List.of(new CampaignProblem(Place.AUDIENCE, message, null));
    }

    List<CampaignProblem> ofTime(@Nullable PlannedTime when, Instant now) {
        if (when == null) {
            return List.of(new CampaignProblem(Place.TIME, t("campaigns.problem.time_missing"), null));
        }
        if (when.isBefore(now)) {
            ZonedDateTime clock = now.atZone(when.zone());
            return List.of(new CampaignProblem(
                    Place.TIME,
                    t(
                            "campaigns.problem.time_past",
                            Formats.dateTime(when.at(), when.zone()),
                            Formats.dateTime(clock.toInstant(), when.zone())),
                    null));
        }
        if (when.at().isAfter(now.plus(FURTHEST))) {
            return List.of(new CampaignProblem(Place.TIME, t("campaigns.problem.time_far"), null));
        }
        return List.of();
    }

    List<CampaignProblem> ofSender(Business business) {
        List<CampaignProblem> problems = new ArrayList<>();
        String sender = business.senderEmail();
        if (sender == null || EmailAddress.parse(sender).isEmpty()) {
            problems.add(new CampaignProblem(Place.SENDER, t("campaigns.problem.sender"), SENDER_PAGE));
        }
        String address = business.postalAddress();
        if (address == null || address.isBlank()) {
            problems.add(new CampaignProblem(Place.SENDER, t("campaigns.problem.postal_address"), SENDER_PAGE));
        }
        return problems;
    }

    private List<CampaignProblem> ofTemplate(CampaignContent content, CampaignPlanner.@Nullable Origin origin) {
        TemplateId template = content.template();
        if (template == null) {
            return List.of(new CampaignProblem(Place.CONTENT, t("campaigns.problem.template_missing"), null));
        }
        String page = "templates/" + template;
        try {
            List<CampaignProblem> problems = templates.check(template).stream()
                    .filter(TemplateProblem::blocking)
                    .map(p -> new CampaignProblem(Place.CONTENT, t("campaigns.problem.template", p.message()), page))
                    .toList();
            if (!problems.isEmpty()) {
                return problems;
            }
            return origins.unfilled(origin, templates.compile(template).needed())
                    .map(names -> origin == null
                            ? t("campaigns.problem.not_a_promotion", names)
                            : t("campaigns.problem.not_in_this_mail", content.name(), names))
                    .map(words -> List.of(new CampaignProblem(Place.CONTENT, words, page)))
                    .orElse(List.of());
        } catch (NoSuchElementException e) {
            return List.of(new CampaignProblem(Place.CONTENT, t("campaigns.problem.template_gone"), null));
        }
    }
}
