package io.perennial.uikit;

/**
 * Something to do today.
 *
 * @param text with the count in it: "3 campaigns wait for your decision"
 * @param count how many; tasks with nothing to do are not contributed
 * @param tone how urgent: BAD before ATTENTION before the rest
 * @param action the deed: "Decide now"
 * @param href route with query, without a leading slash
 */
public record HomeTask(String text, long count, Tone tone, String action, String href) {}
