package io.perennial.shell;

import io.perennial.uikit.FirstStep;
import io.perennial.uikit.HomeCard;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.Tone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the features have to say, gathered. One that may not be asked by this person is left out; one that fails costs
 * its own part only.
 *
 * @param failures how many parts could not be had
 */
record HomeContents(List<HomeTask> tasks, List<HomeCard> cards, List<FirstStep> firstSteps, int failures) {

    private static final Logger log = LoggerFactory.getLogger(HomeContents.class);

    static HomeContents of(List<HomeContribution> contributions) {
        Gathering gathering = new Gathering(contributions.stream()
                .sorted(Comparator.comparingInt(HomeContribution::order))
                .toList());
        List<HomeTask> tasks = gathering.all(HomeContribution::tasks).stream()
                .filter(task -> task.count() > 0)
                .sorted(Comparator.comparingInt(task -> urgency(task.tone())))
                .toList();
        return new HomeContents(
                tasks,
                gathering.all(HomeContribution::cards),
                gathering.all(HomeContribution::firstSteps),
                gathering.failures);
    }

    long stepsLeft() {
        return firstSteps.stream().filter(step -> !step.done()).count();
    }

    /** Nothing has been begun yet. */
    boolean isNewBusiness() {
        return !firstSteps.isEmpty() && !firstSteps.getFirst().done();
    }

    private static int urgency(Tone tone) {
        return switch (tone) {
            case BAD -> 0;
            case ATTENTION -> 1;
            default -> 2;
        };
    }

    private static final class Gathering {

        private final List<HomeContribution> contributions;
        private int failures;

        private Gathering(List<HomeContribution> contributions) {
            this.contributions = contributions;
        }

        private <T> List<T> all(Function<HomeContribution, ? extends Collection<T>> part) {
            List<T> found = new ArrayList<>();
            for (HomeContribution contribution : contributions) {
                try {
                    found.addAll(part.apply(contribution));
                } catch (RuntimeException e) {
                    if (!UnexpectedErrors.isDenied(e)) {
                        failures++;
                        log.error(
                                "Home goes without a part of {}",
                                contribution.getClass().getName(),
                                e);
                    }
                }
            }
            return found;
        }
    }
}
