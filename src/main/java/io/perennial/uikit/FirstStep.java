package io.perennial.uikit;

/**
 * A step on a new business's way to its first campaign.
 *
 * @param title the deed: "Import your customers"
 * @param explanation why, in a sentence
 * @param done whether this business has done it
 * @param action what the button says: "Import customers"
 * @param href route with query, without a leading slash
 */
public record FirstStep(String title, String explanation, boolean done, String action, String href) {}
