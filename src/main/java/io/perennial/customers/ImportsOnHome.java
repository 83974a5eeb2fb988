package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.Formats;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.Tone;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells of imports that stopped: they go on when a person says so, never by themselves, and end for good after a week. */
@Component
class ImportsOnHome implements HomeContribution {

    private static final int SHOWN = 3;

    private final ImportJobs jobs;

    ImportsOnHome(ImportJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public int order() {
        return 11;
    }

    @Override
    public List<HomeTask> tasks() {
        return jobs.stopped(SHOWN).stream()
                .map(job -> new HomeTask(
                        t(
                                job.state() == ImportState.PAUSED
                                        ? "customers.home.paused_import"
                                        : "customers.home.stopped_import",
                                job.source(),
                                Formats.percent(job.progress(), 0)),
                        1,
                        Tone.ATTENTION,
                        t("customers.home.go_on"),
                        "customers/import?job=" + job.id()))
                .toList();
    }
}
