package io.perennial.campaigns;

import io.perennial.kernel.CustomerId;
import java.util.Collection;
import java.util.Map;

/** Adds variables to the mails of campaigns of one origin (a voucher, for instance). Called in the tenant's scope. */
public interface CampaignPersonalisation {

    /** The {@link CampaignPlanner.Origin#kind()} it serves. */
    String kind();

    /**
     * The top-level variables to add, by customer; a customer left out is skipped with the given reason.
     *
     * @param reference of the origin
     */
    Map<CustomerId, Map<String, Object>> variables(long reference, Collection<CustomerId> customers);
}
