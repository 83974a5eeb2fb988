package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.Segments;
import io.perennial.uikit.FirstStep;
import io.perennial.uikit.HomeContribution;
import java.util.List;
import org.springframework.stereotype.Component;

/** Segments on Home: the step that comes after having customers. */
@Component
class SegmentsHome implements HomeContribution {

    private final Segments segments;

    SegmentsHome(Segments segments) {
        this.segments = segments;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public List<FirstStep> firstSteps() {
        return List.of(new FirstStep(
                t("segments.first_step"),
                t("segments.first_step_why"),
                !segments.list().isEmpty(),
                t("segments.first_step_action"),
                "segments"));
    }
}
