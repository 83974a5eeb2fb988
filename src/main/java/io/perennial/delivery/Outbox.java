package io.perennial.delivery;

import io.perennial.tenancy.SqlFragment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;

/**
 * The ledger of messages. One message per (tenant, run, customer). All of it within the current tenant; every change
 * is transactional and joins the caller's transaction.
 */
public interface Outbox {

    /** Opens a run in state PREPARING. */
    RunId open(RunSpec spec);

    /**
     * Freezes the audience by one INSERT ... SELECT. People already in the run are left as they are, so calling it
     * again is harmless; suppressed people and people without address must be left out by the query.
     *
     * @param audience {@code SELECT c.id, c.email FROM customer c WHERE c.tenant_id = ? ...}: two columns
     * @return how many were added
     */
    long enqueue(RunId run, SqlFragment audience);

    /** Lets it be sent. */
    void release(RunId run);

    void pause(RunId run);

    void resume(RunId run);

    /** Ends it: what is still waiting becomes SKIPPED. */
    void cancel(RunId run);

    RunProgress progress(RunId run);

    /**
     * What happened with each person, by the messages' ids, which never change: a list to go through while mails go out.
     *
     * @param state SENT, FAILED, SKIPPED or IN_DOUBT: only these; or all
     * @param after the last message's id, or 0 to begin
     */
    List<MessageOutcome> outcomesAfter(RunId run, @Nullable MessageState state, long after, int limit);

    /**
     * What happened with each person.
     *
     * @param state only these, or all
     * @param search part of an address, or all
     */
    Slice<MessageOutcome> outcomes(RunId run, @Nullable MessageState state, @Nullable String search, Pageable page);
}
