package io.perennial.delivery;

import org.jspecify.annotations.Nullable;

/**
 * How a business's pages for customers look.
 *
 * @param accent a colour as {@code #rrggbb}; nothing: this product's own
 * @param onAccent black or white, whichever can be read on it
 * @param logo as a {@code data:} address
 */
public record PageLook(
        @Nullable String accent,
        @Nullable String onAccent,
        @Nullable String logo) {

    static final PageLook PLAIN = new PageLook(null, null, null);

    /** With the colour of words on it worked out. */
    static PageLook of(@Nullable String accent, @Nullable String logo) {
        return new PageLook(accent, accent == null ? null : luminance(accent) > 0.179 ? "#000000" : "#ffffff", logo);
    }

    /** Relative luminance as WCAG 2.2 defines it; above 0.179 black reads better on it than white. */
    static double luminance(String colour) {
        return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
    }

    private static double channel(String colour, int from) {
        double share = Integer.parseInt(colour.substring(from, from + 2), 16) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
