package io.perennial.uikit;

/**
 * One answer on Home.
 *
 * @param answer in words, with the comparison: "Churn fell to 4.1 % from 5.0 % last month"
 * @param figure formatted by {@link Formats}: "4.1 %"
 * @param label what the figure is: "Churn rate, last 30 days"
 * @param tone what the change means
 * @param action the deed or place the link leads to: "See who left"
 * @param href route with query, without a leading slash: {@code "insights?tab=churn"}
 */
public record HomeCard(String answer, String figure, String label, Tone tone, String action, String href) {}
