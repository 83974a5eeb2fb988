package io.perennial.campaigns;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * How many customers a campaign reaches and how many are left out, each person counted once by the first reason that
 * holds, in the order of the components.
 *
 * @param mailed get the mail
 * @param excluded are in an excluded segment
 * @param noAddress have no e-mail address
 * @param unsubscribed left all mail
 * @param bounced their address does not take mail
 * @param complained called a mail spam
 * @param suppressed are suppressed for another reason (by hand, erased)
 * @param topic withdrew their consent to this campaign's topic
 * @param paused want no mails until a day of their own choice
 * @param frequency have had as many mails lately as the frequency cap allows
 * @param later of those mailed, who get it when their quiet hours are over
 */
@Embeddable
public record AudienceCount(
        @Column(name = "audience") long mailed,
        @Column(name = "left_excluded") long excluded,
        @Column(name = "left_no_address") long noAddress,
        @Column(name = "left_unsubscribed") long unsubscribed,
        @Column(name = "left_bounced") long bounced,
        @Column(name = "left_complained") long complained,
        @Column(name = "left_suppressed") long suppressed,
        @Column(name = "left_topic") long topic,
        @Column(name = "left_paused") long paused,
        @Column(name = "left_frequency") long frequency,
        @Column(name = "quiet_later") long later) {

    public static final AudienceCount NOBODY = new AudienceCount(0, 0, 0, 0, 0, 0, 0, 0);

    AudienceCount(
            long mailed,
            long excluded,
            long noAddress,
            long unsubscribed,
            long bounced,
            long complained,
            long suppressed,
            long topic) {
        this(mailed, excluded, noAddress, unsubscribed, bounced, complained, suppressed, topic, 0, 0, 0);
    }

    /** Everybody the segments pick, before anyone is left out. */
    public long picked() {
        return mailed + leftOut();
    }

    public long leftOut() {
        return excluded + noAddress + unsubscribed + bounced + complained + suppressed + topic + paused + frequency;
    }

    /** The same with what was really put into the run, which may differ by people changed in the same moment. */
    AudienceCount withMailed(long actually) {
        return new AudienceCount(
                actually,
                excluded,
                noAddress,
                unsubscribed,
                bounced,
                complained,
                suppressed,
                topic,
                paused,
                frequency,
                Math.min(later, actually));
    }
}
