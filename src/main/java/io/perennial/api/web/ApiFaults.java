package io.perennial.api.web;

import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;

/** What is told of faults of ours: an id that the log has too, nothing else. */
final class ApiFaults {

    private static final Logger log = LoggerFactory.getLogger(ApiFaults.class);

    /** The smallest number that base 36 writes with six characters. */
    private static final long SIX_CHARACTERS = 60_466_176;

    private ApiFaults() {}

    static ApiProblem problemOf(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException
                    || t instanceof SQLNonTransientConnectionException
                    || t instanceof SQLRecoverableException) {
                log.warn("The database does not answer: {}", t.getMessage());
                return ApiProblem.of(
                        ApiProblem.Kind.UNAVAILABLE, "The database does not answer. Ask again in a little while.");
            }
            if (t instanceof PessimisticLockingFailureException) {
                log.warn("A request lost a race: {}", t.getMessage());
                return ApiProblem.of(
                        ApiProblem.Kind.UNAVAILABLE,
                        "Others are changing the same. Nothing of this request was kept; ask again in a second.");
            }
        }
        String id = Long.toString(ThreadLocalRandom.current().nextLong(SIX_CHARACTERS, SIX_CHARACTERS * 36), 36)
                .toUpperCase(Locale.ROOT);
        log.error("Unexpected error {} of the API", id, fault);
        return ApiProblem.ofFault(id);
    }
}
