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

    /** The colour of buttons where a business has chosen none. */
    public static final String OURS = "#1f6f54";

    static final PageLook PLAIN = new PageLook(null, null, null);

    /** With the colour of words on it worked out. */
    public static PageLook of(@Nullable String accent, @Nullable String logo) {
        return new PageLook(accent, accent == null ? null : luminance(accent) > 0.179 ? "#000000" : "#ffffff", logo);
    }

    /** On which the pages are drawn in light; in dark it is nearly black, where pale colours stand out. */
    private static final String GROUND = "#ffffff";

    /** Parts of a page that are to be told apart differ by this ratio at least (WCAG 2.2, 1.4.11). */
    private static final double PALE = 3;

    /**
     * How well two colours can be told apart.
     *
     * @return 1 to 21, as WCAG 2.2 defines the contrast ratio
     */
    public static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** Whether a button in this colour hardly stands out from the white page around it. */
    public static boolean isPale(String colour) {
        return contrast(colour, GROUND) < PALE;
    }

    /** The same colour, darker by as little as makes it stand out; itself where it does. */
    public static String darkened(String colour) {
        for (int percent = 100; percent > 0; percent--) {
            String darker = "#%02x%02x%02x"
                    .formatted(scaled(colour, 1, percent), scaled(colour, 3, percent), scaled(colour, 5, percent));
            if (!isPale(darker)) {
                return darker;
            }
        }
        return "#000000";
    }

    private static int scaled(String colour, int from, int percent) {
        return Integer.parseInt(colour.substring(from, from + 2), 16) * percent / 100;
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
