package io.perennial.segments;

import io.perennial.kernel.TenantId;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Steps of the upkeep: each a transaction that begins by holding the claim, so that one begun twice or broken off does no harm. */
@Component
class ClaimedSteps {

    private final UpkeepClaims claims;
    private final TransactionTemplate transactions;

    ClaimedSteps(UpkeepClaims claims, TransactionTemplate transactions) {
        this.claims = claims;
        this.transactions = transactions;
    }

    /**
     * Does a step.
     *
     * @param worker who holds the claim
     * @throws UpkeepClaims.ClaimLost if another worker has it meanwhile
     */
    <T> T run(TenantId tenant, String worker, Supplier<T> work) {
        return transactions.execute(status -> {
            claims.hold(tenant, worker);
            return work.get();
        });
    }
}
