package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.ImportPolicy.Identity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a row is about. The customer with its id and the one with its address may be two; nobody is merged by an import.
 *
 * @param match nothing where the row is about somebody new
 * @param problem why the row is left out, or nothing
 */
record WhoIsWho(@Nullable StoredCustomer match, @Nullable Problem problem) {

    /**
     * @param byId the customer with the row's id
     * @param byEmail the customer with the row's address
     * @param first what says who somebody is; the other is then a value like any other, as long as nobody else has it
     */
    static WhoIsWho of(
            CustomerRow row, @Nullable StoredCustomer byId, @Nullable StoredCustomer byEmail, Identity first) {
        if (byId != null && byEmail != null) {
            return byId.id() == byEmail.id() ? new WhoIsWho(byId, null) : taken(byId, byEmail, first);
        }
        boolean idIsNew = byEmail == null || row.externalId() == null || byEmail.externalId() == null;
        boolean addressIsNew = byId == null || row.email() == null || byId.email() == null;
        if (first == Identity.EMAIL) {
            return byEmail != null || addressIsNew
                    ? new WhoIsWho(byEmail != null ? byEmail : byId, null)
                    : taken(byId, byEmail, first);
        }
        return byId != null || idIsNew
                ? new WhoIsWho(byId != null ? byId : byEmail, null)
                : taken(byId, byEmail, first);
    }

    private static WhoIsWho taken(@Nullable StoredCustomer byId, @Nullable StoredCustomer byEmail, Identity first) {
        if (first == Identity.EMAIL) {
            String address = byId == null ? null : byId.email();
            return new WhoIsWho(
                    null, Problem.of(ImportField.EXTERNAL_ID, "id_taken", Objects.requireNonNullElse(address, "–")));
        }
        String id = byEmail == null ? null : byEmail.externalId();
        return new WhoIsWho(null, Problem.of(ImportField.EMAIL, "email_taken", Objects.requireNonNullElse(id, "–")));
    }
}
