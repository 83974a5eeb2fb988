package io.perennial.campaigns;

import io.perennial.content.TemplateId;
import io.perennial.segments.SegmentId;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What staff fill in on a draft; anything may still be missing.
 *
 * @param name may be empty in a draft
 * @param include none means everybody who may be mailed
 * @param topic the consent topic it belongs to
 * @param planned when it shall be sent, in the business's zone
 * @param lateHours for {@link MissedPolicy#SEND_LATE}: how late at most
 * @param exempt goes out regardless of quiet hours and the frequency cap
 */
public record CampaignContent(
        String name,
        @Nullable TemplateId template,
        List<SegmentId> include,
        List<SegmentId> exclude,
        @Nullable String topic,
        @Nullable LocalDateTime planned,
        MissedPolicy missed,
        int lateHours,
        boolean exempt) {

    public static final int MAX_NAME = 120;
    public static final int DEFAULT_LATE_HOURS = 4;
    public static final int MAX_LATE_HOURS = 168;

    public CampaignContent {
        name = name.strip();
        if (name.length() > MAX_NAME) {
            name = name.substring(0, MAX_NAME).strip();
        }
        include = List.copyOf(include).stream().distinct().toList();
        exclude = List.copyOf(exclude).stream().distinct().toList();
        if (lateHours < 1 || lateHours > MAX_LATE_HOURS) {
            throw new IllegalArgumentException("A campaign is at most 1 to 168 hours late, not " + lateHours);
        }
    }

    /** One that keeps to quiet hours and the frequency cap. */
    public CampaignContent(
            String name,
            @Nullable TemplateId template,
            List<SegmentId> include,
            List<SegmentId> exclude,
            @Nullable String topic,
            @Nullable LocalDateTime planned,
            MissedPolicy missed,
            int lateHours) {
        this(name, template, include, exclude, topic, planned, missed, lateHours, false);
    }

    /** An empty draft. */
    public static CampaignContent blank() {
        return new CampaignContent(
                "", null, List.of(), List.of(), null, null, MissedPolicy.SEND_LATE, DEFAULT_LATE_HOURS);
    }
}
