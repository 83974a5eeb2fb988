package io.perennial.campaigns;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.SqlFragment;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds variables to the mails of campaigns of one origin (a voucher, for instance). Called in the tenant's scope. */
public interface CampaignPersonalisation {

    /** The {@link CampaignPlanner.Origin#kind()} it serves. */
    String kind();

    /**
     * The only customers its campaigns may reach, of those whom their segments pick; empty leaves it at the segments.
     * Asked when a campaign is launched.
     *
     * @param reference of the origin
     * @return a query of one column, the customers' ids, each once
     */
    default Optional<SqlFragment> audience(long reference) {
        return Optional.empty();
    }

    /** The names of the variables that {@link #variables} gives everybody, for instance {@code voucher.code}. */
    Set<String> provides();

    /**
     * The top-level variables to add, by customer; a customer left out is skipped with the given reason.
     *
     * @param reference of the origin
     */
    Map<CustomerId, Map<String, Object>> variables(long reference, Collection<CustomerId> customers);
}
