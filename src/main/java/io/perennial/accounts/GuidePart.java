package io.perennial.accounts;

import com.vaadin.flow.component.Component;
import java.util.List;

/**
 * A step of the guide that leads who founded a business through its beginnings: make a Spring bean of it where the matter
 * lives. It saves by itself what it asks for.
 */
public interface GuidePart {

    /** Short and lasting: it is kept with what became of the step, and stands in the page's address. */
    String key();

    int order();

    /** Whether the one at work may do what it asks for. */
    default boolean isOffered() {
        return true;
    }

    /** The deed: "Say who writes". */
    String title();

    /** Why, in a sentence. */
    String lead();

    /** How it stands, in a line, once the step is done. */
    String summary();

    /** More of how it stands, below that line. */
    default List<Component> standing() {
        return List.of();
    }

    /**
     * What it asks for.
     *
     * @param done to be told once all of it is saved
     */
    Component form(Runnable done);
}
