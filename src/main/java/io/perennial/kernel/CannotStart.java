package io.perennial.kernel;

/**
 * The program refuses to start for a reason that the person starting it can remove. The console shows the two
 * sentences and no stack trace.
 */
public class CannotStart extends RuntimeException {

    private final String remedy;

    /**
     * @param problem what is wrong, in one sentence
     * @param remedy what to do, in one sentence or a command
     */
    public CannotStart(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
