package io.perennial.api.web;

import io.perennial.kernel.ErrorIds;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;

/** What is told of faults of ours: an id that the log has too, nothing else. */
final class ApiFaults {

    private static final Logger log = LoggerFactory.getLogger(ApiFaults.class);

    /** Of MySQL and MariaDB: a row points to none. */
    private static final int NO_SUCH_PARENT = 1452;

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
            if (t instanceof InvalidParameterException parameter) { // the container's, of a query it cannot read
                return ApiProblem.ofStatus(parameter.getErrorCode());
            }
            if (t instanceof SQLException named && named.getErrorCode() == NO_SUCH_PARENT) {
                return ApiProblem.of(
                        ApiProblem.Kind.INVALID,
                        "The request names something (a topic, a segment, a template) that this business does not have, or "
                                + "has no more. Nothing was changed.");
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
