package io.perennial.segments;

/**
 * How far a count has come.
 *
 * @param share of the customers that were looked at, 0 to 1
 * @param found how many of them the rule picks
 */
public record CountProgress(double share, long found) {}
