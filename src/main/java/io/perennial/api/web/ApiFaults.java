package io.perennial.api.web;

import io.perennial.kernel.ErrorIds;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;

/** What is told of faults of ours: an id that the log has too, nothing else. */
final class ApiFaults {

    private static final Logger log = LoggerFactory.getLogger(ApiFaults.class);

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
        String id = ErrorIds.next();
        log.error("Unexpected error {} of the API", id, fault);
        return ApiProblem.ofFault(id);
    }
}
