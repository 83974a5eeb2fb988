package io.perennial.customers.imports;

/** Thrown while a row's cells are read; one per bad row, without a stack trace because files can be bad throughout. */
class CellProblem extends RuntimeException {

    private final transient Problem problem;

    CellProblem(Problem problem) {
        super(problem.key(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
