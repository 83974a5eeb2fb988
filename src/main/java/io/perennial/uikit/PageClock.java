package io.perennial.uikit;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets parts of a page look again now and then, by the browser's asking. A page has one such clock: it goes as fast as the
 * most impatient part wants, and stands still when none is left. A browser that asks also notices that the server is gone,
 * or has forgotten it, which one that only listens does not.
 */
public final class PageClock implements Serializable {

    private record Hand(int millis, Registration listener) implements Serializable {}

    private final List<Hand> hands = new ArrayList<>();

    private PageClock() {}

    /**
     * Looks again and again, on the page's own thread.
     *
     * @param millis how long to wait between looks, at most
     * @return stops looking
     */
    public static Registration every(UI ui, int millis, Runnable look) {
        PageClock clock = ComponentUtil.getData(ui, PageClock.class);
        if (clock == null) {
            clock = new PageClock();
            ComponentUtil.setData(ui, PageClock.class, clock);
        }
        return clock.add(ui, millis, look);
    }

    private Registration add(UI ui, int millis, Runnable look) {
        Hand hand = new Hand(millis, ui.addPollListener(e -> look.run()));
        hands.add(hand);
        setPace(ui);
        return () -> {
            if (hands.remove(hand)) {
                hand.listener().remove();
                setPace(ui);
            }
        };
    }

    private void setPace(UI ui) {
        ui.setPollInterval(hands.stream().mapToInt(Hand::millis).min().orElse(-1));
    }
}
