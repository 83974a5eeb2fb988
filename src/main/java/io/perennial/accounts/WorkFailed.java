package io.perennial.accounts;

/**
 * A job dealt with a failure itself, goes on with the rest and tries again later: its journal notes it all the same. Publish
 * it instead of logging the fault.
 *
 * @param job as the journal calls it: class and method, or the name of a nightly task
 * @param what it failed at, in words for the log, without anything personal
 */
public record WorkFailed(String job, String what, Throwable fault) {}
