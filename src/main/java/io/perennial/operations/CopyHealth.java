package io.perennial.operations;

import static io.perennial.uikit.Texts.t;

import io.perennial.tenancy.AnalysisReads;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HealthContribution;
import io.perennial.uikit.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How far the copy of the database for analysis is, as this node sees it; nothing where there is none. */
@Component
class CopyHealth implements HealthContribution {

    private final AnalysisReads analysis;

    CopyHealth(AnalysisReads analysis) {
        this.analysis = analysis;
    }

    @Override
    public int order() {
        return 5;
    }

    @Override
    public List<Line> lines() {
        if (!analysis.isConfigured()) {
            return List.of();
        }
        Optional<String> behind = analysis.behind().map(CopyHealth::seconds);
        if (analysis.isUsable()) {
            return List.of(new Line(
                    t("operations.health.copy"),
                    Tone.GOOD,
                    t("operations.health.well"),
                    t("operations.health.copy_words", behind.orElse(Formats.NONE))));
        }
        return List.of(new Line(
                t("operations.health.copy"),
                Tone.ATTENTION,
                t(behind.isPresent() ? "operations.health.behind" : "operations.health.copy_silent"),
                behind.map(by -> t("operations.health.copy_behind", by))
                        .orElseGet(() -> t("operations.health.copy_gone"))));
    }

    private static String seconds(Duration behind) {
        return t("operations.seconds", Formats.decimal(behind.toMillis() / 1_000.0, 1));
    }
}
