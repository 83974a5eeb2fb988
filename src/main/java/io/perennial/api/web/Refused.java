package io.perennial.api.web;

import java.util.List;

/** A request that is answered with a problem. */
class Refused extends RuntimeException {

    private final transient ApiProblem problem;

    Refused(ApiProblem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    Refused(ApiProblem.Kind kind, String detail) {
        this(ApiProblem.of(kind, detail));
    }

    /** One value of the body at fault. */
    static Refused invalid(String pointer, String detail) {
        return invalid(List.of(new ApiProblem.Fault(pointer, detail)));
    }

    static Refused invalid(List<ApiProblem.Fault> faults) {
        return new Refused(
                ApiProblem.of(ApiProblem.Kind.INVALID, "Some values cannot be taken; nothing was changed.", faults));
    }

    static Refused notFound(String what) {
        return new Refused(ApiProblem.Kind.NOT_FOUND, what);
    }

    ApiProblem problem() {
        return problem;
    }
}
