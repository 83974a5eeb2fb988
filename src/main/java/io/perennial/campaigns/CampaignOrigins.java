package io.perennial.campaigns;

import io.perennial.tenancy.SqlFragment;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What campaigns' origins say about their audience. */
@Component
class CampaignOrigins {

    private final ObjectProvider<CampaignPersonalisation> origins;

    CampaignOrigins(ObjectProvider<CampaignPersonalisation> origins) {
        this.origins = origins;
    }

    /** Beyond whom the origin lets nobody in (a thank-you reaches those alone who came), or nothing. */
    @Nullable
    SqlFragment onlyFor(Campaign campaign) {
        CampaignPlanner.Origin origin = campaign.origin();
        if (origin == null) {
            return null;
        }
        return origins.stream()
                .filter(o -> o.kind().equals(origin.kind()))
                .findFirst()
                .flatMap(o -> o.audience(origin.reference()))
                .orElse(null);
    }
}
