package io.perennial.delivery;

import io.perennial.delivery.MessageComposer.Composed;
import io.perennial.delivery.MessageComposer.Composition;
import io.perennial.delivery.sender.DkimKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that one worker has made ready, a few at a time. */
final class Compositions {

    private static final Logger log = LoggerFactory.getLogger(Compositions.class);
    private static final int KEPT = 8;

    private final Map<String, MessageComposer> composers;
    private final Map<Run.Key, Composition> open = few();
    private final Map<Run.Key, MailPress> presses = few();

    Compositions(Map<String, MessageComposer> composers) {
        this.composers = composers;
    }

    private static <T> Map<Run.Key, T> few() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Run.Key, T> eldest) {
                return size() > KEPT;
            }
        };
    }

    /** A run that cannot be made ready at all; the message is for staff. */
    static final class CannotOpen extends RuntimeException {
        CannotOpen(Throwable cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }

    /**
     * Composes for these people; where the composer fails as a whole, one by one, so that only who causes it fails.
     *
     * @throws CannotOpen if the run itself cannot be made ready
     */
    List<Composed> compose(Run run, List<Recipient> recipients) {
        Composition composition = opened(run);
        try {
            List<Composed> composed = composition.compose(recipients);
            if (composed.size() == recipients.size()) {
                return composed;
            }
            log.error("The composer {} made {} of {} mails", run.composer(), composed.size(), recipients.size());
        } catch (RuntimeException e) {
            log.warn("Composing a chunk of run {} failed; trying one by one", run.id(), e);
        }
        List<Composed> result = new ArrayList<>(recipients.size());
        for (Recipient recipient : recipients) {
            result.add(single(composition, recipient));
        }
        return result;
    }

    /** What makes the bytes of the run's mails, signed with these keys if there are any. */
    MailPress press(Run run, CustomerLinks links, @Nullable DkimKeys keys) {
        MailPress known = presses.get(run.key());
        if (known == null || !known.signsWith(keys)) {
            known = new MailPress(run, links, keys);
            presses.put(run.key(), known);
        }
        return known;
    }

    /** Forgets a run, so that it is made ready afresh when it goes on. */
    void forget(Run run) {
        open.remove(run.key());
        presses.remove(run.key());
    }

    private Composition opened(Run run) {
        Composition known = open.get(run.key());
        if (known != null) {
            return known;
        }
        MessageComposer composer = composers.get(run.composer());
        if (composer == null) {
            throw new CannotOpen(new IllegalStateException("Nobody composes mails of kind " + run.composer()));
        }
        try {
            Composition fresh = composer.open(run.reference());
            open.put(run.key(), fresh);
            return fresh;
        } catch (RuntimeException e) {
            throw new CannotOpen(e);
        }
    }

    private static Composed single(Composition composition, Recipient recipient) {
        try {
            List<Composed> one = composition.compose(List.of(recipient));
            return one.size() == 1 ? one.getFirst() : new Composed.Failed("No mail was made for this person");
        } catch (RuntimeException e) {
            return new Composed.Failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
