package io.perennial.accounts;

import com.vaadin.flow.component.Component;
import java.util.Optional;

/**
 * What another feature adds to a step of the guide, because the matter is its own: make a Spring bean of it. It is saved
 * with the step's own fields, in one transaction.
 */
public interface GuideAddition {

    /** The key of the step, as {@link GuidePart#key()} gives it. */
    String step();

    /** What it asks for below the step's own fields, or shows there. */
    Fields fields();

    /** How it stands, below the line of a step that is done. */
    default Optional<Component> standing() {
        return Optional.empty();
    }

    /** What stands in the open step. */
    interface Fields {

        Component component();

        /** Whether what was typed can be saved; else it says beside the field what to put right. */
        default boolean isValid() {
            return true;
        }

        /** Saves what was typed. */
        default void save() {}
    }
}
