package io.perennial.accounts;

/** A program that acts in a business by a key of its own: the principal of its requests. No member of the staff. */
public interface ProgramActor {

    /** What its entries in the audit log are found by. */
    long actorId();

    /** As staff read it where they would read a person's name. */
    String actorName();
}
