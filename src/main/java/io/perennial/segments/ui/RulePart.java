package io.perennial.segments.ui;

import io.perennial.segments.Rule;
import io.perennial.segments.RuleProblem;
import java.util.List;

/** A piece of the builder that makes a rule. */
interface RulePart {

    /** As it stands, complete or not: what is missing is an empty text. */
    Rule rule();

    /** Puts the keyboard where one begins with it. */
    void focus();

    /** Does so at the first problem that is shown here; false where there is none. */
    boolean focusProblem();

    /**
     * Shows the problems of this part at their place.
     *
     * @param path of this part, as {@link RuleProblem#path()} has it, without the root's slash
     * @param all also those of rows that nobody has filled in yet
     */
    void show(List<RuleProblem> problems, String path, boolean all);
}
