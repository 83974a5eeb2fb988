package io.perennial.campaigns;

import io.perennial.campaigns.CampaignPlanner.Origin;
import io.perennial.content.TemplateId;
import io.perennial.delivery.RunId;
import io.perennial.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A campaign. Its verbs guard its state: DRAFT → SCHEDULED → SENDING ⇄ PAUSED → DONE; CANCELLED from anywhere before
 * DONE; MISSED when it came due while nothing could send. Whom it is for lies beside it in {@link CampaignSegments}.
 */
@Entity
@Table(name = "campaign")
class Campaign extends TenantOwned {

    private static final String WITHOUT_NAME = "";

    @Version
    private int version;

    private String name = WITHOUT_NAME;
    private @Nullable Long templateId;
    private @Nullable String topic;

    @Enumerated(EnumType.STRING)
    private CampaignStatus status = CampaignStatus.DRAFT;

    /** ISO text, since a driver may move a time that does not exist in the zone it thinks in. */
    private @Nullable String plannedLocal;

    private @Nullable String zone;
    private @Nullable Instant sendAt;

    @Enumerated(EnumType.STRING)
    private MissedPolicy missedPolicy = MissedPolicy.SEND_LATE;

    private int lateHours = CampaignContent.DEFAULT_LATE_HOURS;
    private boolean exempt;
    private @Nullable String originKind;
    private @Nullable Long originReference;
    private @Nullable Long runId;

    @Embedded
    private @Nullable AudienceCount audience;

    private @Nullable String note;
    private @Nullable Instant launchedAt;
    private @Nullable Instant finishedAt;

    @Column(updatable = false)
    private String createdBy = "";

    @Column(updatable = false)
    private Instant createdAt = Instant.EPOCH;

    private String updatedBy = "";
    private Instant updatedAt = Instant.EPOCH;

    protected Campaign() {}

    static Campaign draft(@Nullable Origin origin, Author by) {
        Campaign campaign = new Campaign();
        if (origin != null) {
            campaign.originKind = origin.kind();
            campaign.originReference = origin.reference();
        }
        campaign.createdBy = by.name();
        campaign.createdAt = by.at();
        campaign.touched(by);
        return campaign;
    }

    /** Takes over what staff filled in. Segments are kept by the caller. */
    void fill(CampaignContent content, Author by) {
        require("change", CampaignStatus.DRAFT);
        name = content.name();
        templateId = content.template() == null ? null : content.template().value();
        topic = content.topic();
        plannedLocal = content.planned() == null ? null : content.planned().toString();
        missedPolicy = content.missed();
        lateHours = content.lateHours();
        exempt = content.exempt();
        touched(by);
    }

    /** Plans it, or plans it anew. Whether it is ready is the caller's to check. */
    void scheduleFor(PlannedTime when, Author by) {
        require("schedule", CampaignStatus.DRAFT, CampaignStatus.SCHEDULED, CampaignStatus.MISSED);
        plannedLocal = when.asked().toString();
        zone = when.zone().getId();
        sendAt = when.at();
        status = CampaignStatus.SCHEDULED;
        note = null;
        touched(by);
    }

    /** Makes it a draft again, to be edited. */
    void backToDraft(Author by) {
        require("edit", CampaignStatus.SCHEDULED, CampaignStatus.MISSED);
        status = CampaignStatus.DRAFT;
        sendAt = null;
        note = null;
        touched(by);
    }

    void launched(RunId run, AudienceCount counted, Instant now) {
        require("launch", CampaignStatus.SCHEDULED);
        status = CampaignStatus.SENDING;
        runId = run.value();
        audience = counted;
        launchedAt = now;
    }

    /** It came due and there was nobody to send to. */
    void launchedToNobody(AudienceCount counted, String words, Instant now) {
        require("launch", CampaignStatus.SCHEDULED);
        status = CampaignStatus.DONE;
        audience = counted;
        note = words;
        launchedAt = now;
        finishedAt = now;
    }

    /** It could not start at its time and waits for a person. */
    void missed(String words) {
        require("launch", CampaignStatus.SCHEDULED);
        status = CampaignStatus.MISSED;
        note = words;
    }

    /** Its policy says that it is not sent any more. */
    void skipped(String words, Instant now) {
        require("launch", CampaignStatus.SCHEDULED);
        status = CampaignStatus.CANCELLED;
        note = words;
        finishedAt = now;
    }

    void pause(Author by) {
        require("pause", CampaignStatus.SENDING);
        status = CampaignStatus.PAUSED;
        touched(by);
    }

    void resume(Author by) {
        require("resume", CampaignStatus.PAUSED);
        status = CampaignStatus.SENDING;
        touched(by);
    }

    void cancel(Author by) {
        require(
                "cancel",
                CampaignStatus.DRAFT,
                CampaignStatus.SCHEDULED,
                CampaignStatus.MISSED,
                CampaignStatus.SENDING,
                CampaignStatus.PAUSED);
        status = CampaignStatus.CANCELLED;
        finishedAt = by.at();
        touched(by);
    }

    /** Mails that were in doubt are sent again: it is under way once more. */
    void sendsAgain(Author by) {
        require("send_again", CampaignStatus.DONE, CampaignStatus.SENDING, CampaignStatus.PAUSED);
        if (status == CampaignStatus.DONE) {
            status = CampaignStatus.SENDING;
            finishedAt = null;
        }
        touched(by);
    }

    /** Every mail is out. Harmless for one already over. */
    boolean finish(Instant now) {
        if (status != CampaignStatus.SENDING && status != CampaignStatus.PAUSED) {
            return false;
        }
        status = CampaignStatus.DONE;
        finishedAt = now;
        return true;
    }

    /** Only what never reached anybody may be thrown away. */
    void requireDeletable() {
        require("delete", CampaignStatus.DRAFT);
    }

    private void require(String deed, CampaignStatus first, CampaignStatus... others) {
        if (!EnumSet.of(first, others).contains(status)) {
            throw new WrongCampaignState(deed, status);
        }
    }

    private void touched(Author by) {
        updatedBy = by.name();
        updatedAt = by.at();
    }

    CampaignId id() {
        return new CampaignId(Objects.requireNonNull(getId()));
    }

    String name() {
        return name;
    }

    CampaignStatus status() {
        return status;
    }

    Optional<TemplateId> template() {
        return Optional.ofNullable(templateId).map(TemplateId::new);
    }

    @Nullable
    String topic() {
        return topic;
    }

    Optional<RunId> run() {
        return Optional.ofNullable(runId).map(RunId::new);
    }

    @Nullable
    Origin origin() {
        return originKind == null || originReference == null ? null : new Origin(originKind, originReference);
    }

    @Nullable
    LocalDateTime planned() {
        return plannedLocal == null ? null : LocalDateTime.parse(plannedLocal);
    }

    @Nullable
    Instant sendAt() {
        return sendAt;
    }

    @Nullable
    PlannedTime when() {
        return CampaignDetail.planned(planned(), zone == null ? null : ZoneId.of(zone), sendAt);
    }

    MissedPolicy missedPolicy() {
        return missedPolicy;
    }

    int lateHours() {
        return lateHours;
    }

    boolean isExempt() {
        return exempt;
    }

    CampaignDetail detail(CampaignSegments.Choice segments) {
        return new CampaignDetail(
                id(),
                new CampaignContent(
                        name,
                        template().orElse(null),
                        segments.include(),
                        segments.exclude(),
                        topic,
                        planned(),
                        missedPolicy,
                        lateHours,
                        exempt),
                status,
                when(),
                origin(),
                run().orElse(null),
                audience,
                note,
                launchedAt,
                finishedAt,
                createdBy,
                createdAt,
                updatedBy,
                updatedAt);
    }
}
