package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.ProfileContribution;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Formats;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The segments a customer is in, on the profile; each leads to why. */
@Component
class SegmentsOnProfile implements ProfileContribution {

    private final Membership membership;

    SegmentsOnProfile(Membership membership) {
        this.membership = membership;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Optional<Part> partOf(CustomerId customer) {
        if (!CurrentStaff.may(Permission.SEGMENT_READ)) {
            return Optional.empty();
        }
        return Optional.of(new Part(
                t("segments.profile.title"),
                membership.segmentsOf(customer).stream()
                        .map(in -> new Line(
                                in.segment().name(),
                                t("segments.profile.since", Formats.relative(in.enteredAt())),
                                "segments/" + in.segment().id() + "/people?customer=" + customer))
                        .toList(),
                t("segments.profile.none")));
    }
}
