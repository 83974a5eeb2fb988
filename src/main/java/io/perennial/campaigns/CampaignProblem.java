package io.perennial.campaigns;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a campaign from being scheduled.
 *
 * @param place the section of the editor where it is put right
 * @param message says what to do
 * @param link a path of the console where it is put right, when that is another page
 */
public record CampaignProblem(
        Place place, String message, @Nullable String link) {

    /** A section of the editor. */
    public enum Place {
        NAME,
        AUDIENCE,
        CONTENT,
        TIME,
        SENDER
    }
}
