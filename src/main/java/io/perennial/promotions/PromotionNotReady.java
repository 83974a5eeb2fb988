package io.perennial.promotions;

import java.util.List;
import java.util.stream.Collectors;

/** A promotion cannot be planned; its problems say where and what to do. */
public class PromotionNotReady extends RuntimeException {

    private final transient List<PromotionProblem> problems;

    public PromotionNotReady(List<PromotionProblem> problems) {
        super(problems.stream().map(PromotionProblem::message).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<PromotionProblem> problems() {
        return problems;
    }
}
