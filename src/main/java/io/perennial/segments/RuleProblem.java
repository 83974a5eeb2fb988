package io.perennial.segments;

/**
 * Something wrong in a rule.
 *
 * @param path where: the positions of the nested rules from the root, for instance {@code /1/0}, or {@code /} for the
 *     root itself; equal to the path the editor gives its rows
 * @param message in the console's language, says what to do
 */
public record RuleProblem(String path, String message) {

    /** The same place in the rule's document, as {@link InvalidDocument#pointer} says it: a JSON pointer (RFC 6901). */
    public String pointer() {
        return "/rule" + (path.equals("/") ? "" : path.replace("/", "/rules/"));
    }
}
