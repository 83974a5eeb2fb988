package io.perennial.segments;

import java.time.LocalDate;

/**
 * A segment's size on a day of the business.
 *
 * @param members at the end of the day; today: so far
 * @param entered who came in on that day
 * @param left who left on that day
 */
public record SizePoint(LocalDate day, long members, long entered, long left) {}
