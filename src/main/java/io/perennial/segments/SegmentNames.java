package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import org.springframework.stereotype.Component;

/** What segments of the current business may be called. */
@Component
class SegmentNames {

    static final int LONGEST = 120;

    private final SegmentRepository segments;

    SegmentNames(SegmentRepository segments) {
        this.segments = segments;
    }

    /**
     * A name nobody has: this one, or this one with a number behind it.
     *
     * @throws IllegalArgumentException if it is no name, with words ready to show
     */
    String free(String name) {
        String wanted = checked(name);
        String free = wanted;
        for (int n = 2; segments.existsByName(free); n++) {
            String number = " " + n;
            free = wanted.substring(0, Math.min(wanted.length(), LONGEST - number.length())) + number;
        }
        return free;
    }

    /**
     * A name for a segment that exists.
     *
     * @throws IllegalArgumentException if it is no name, with words ready to show
     * @throws SegmentNameTaken if another segment has it
     */
    String of(SegmentId id, String name) {
        String wanted = checked(name);
        segments.findByName(wanted).filter(other -> !other.id().equals(id)).ifPresent(other -> {
            throw new SegmentNameTaken(wanted);
        });
        return wanted;
    }

    private static String checked(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            throw new IllegalArgumentException(t("segments.problem.name", LONGEST));
        }
        return stripped;
    }
}
