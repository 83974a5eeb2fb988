package io.perennial.campaigns;

import io.perennial.tenancy.SqlFragment;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /**
     * The variables, for showing, that a mail has and nobody would fill in: a voucher's code without a voucher would leave
     * a gap in everybody's mail.
     *
     * @param origin of the campaign; null for one of its own
     * @param needed by its template
     */
    Optional<String> unfilled(CampaignPlanner.@Nullable Origin origin, Set<String> needed) {
        Set<String> supplied = origins.stream()
                .filter(o -> origin != null && o.kind().equals(origin.kind()))
                .flatMap(o -> o.provides().stream())
                .collect(Collectors.toSet());
        Set<String> known = origins.stream().flatMap(o -> o.provides().stream()).collect(Collectors.toSet());
        Set<String> groups = known.stream().map(CampaignOrigins::group).collect(Collectors.toSet());
        Set<String> suppliedGroups =
                supplied.stream().map(CampaignOrigins::group).collect(Collectors.toSet());
        return needed.stream()
                .filter(name -> groups.contains(group(name)))
                // What is written in another way (voucher["code"]) counts as its group.
                .filter(name -> known.contains(name) ? !supplied.contains(name) : !suppliedGroups.contains(group(name)))
                .sorted()
                .map(name -> "{{ " + name + " }}")
                .reduce((some, more) -> some + ", " + more);
    }

    private static String group(String name) {
        int end = 0;
        while (end < name.length() && name.charAt(end) != '.' && name.charAt(end) != '[') {
            end++;
        }
        return name.substring(0, end);
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
