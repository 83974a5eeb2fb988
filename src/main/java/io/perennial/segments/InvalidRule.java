package io.perennial.segments;

import java.util.List;
import java.util.stream.Collectors;

/** A rule was refused; its problems say where and what to do. */
public class InvalidRule extends IllegalArgumentException {

    private final transient List<RuleProblem> problems;

    public InvalidRule(List<RuleProblem> problems) {
        super(problems.stream().map(p -> p.path() + ": " + p.message()).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<RuleProblem> problems() {
        return problems;
    }
}
