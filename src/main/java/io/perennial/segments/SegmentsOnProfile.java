package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.ProfileContribution;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The segments a customer is in, on the profile; each leads to why. Lists are added and left here too. */
@Component
class SegmentsOnProfile implements ProfileContribution {

    private final Membership membership;
    private final SegmentLists lists;

    SegmentsOnProfile(Membership membership, SegmentLists lists) {
        this.membership = membership;
        this.lists = lists;
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
        List<SegmentOfCustomer> in = membership.segmentsOf(customer);
        List<SegmentRef> changeable = CurrentStaff.may(Permission.SEGMENT_WRITE) ? lists.lists() : List.of();
        Set<SegmentId> known =
                in.stream().map(segment -> segment.segment().id()).collect(Collectors.toSet());
        return Optional.of(new Part(
                t("segments.profile.title"),
                in.stream()
                        .map(segment -> new Line(
                                segment.segment().name(),
                                t("segments.profile.since", Formats.relative(segment.enteredAt())),
                                "segments/" + segment.segment().id() + "/people?customer=" + customer,
                                changeable.contains(segment.segment()) ? takingOff(segment.segment(), customer) : null))
                        .toList(),
                t("segments.profile.none"),
                new Adding(
                        t("segments.profile.put"),
                        changeable.stream()
                                .filter(list -> !known.contains(list.id()))
                                .map(list -> putting(list, customer))
                                .toList())));
    }

    private Deed putting(SegmentRef list, CustomerId customer) {
        return new Deed(
                list.name(),
                list.name(),
                () -> change(() -> {
                    lists.add(list.id(), List.of(customer));
                    Toasts.success(t("segments.profile.put_on", list.name()));
                }));
    }

    private Deed takingOff(SegmentRef list, CustomerId customer) {
        return new Deed(
                t("segments.list.take_off"),
                t("segments.profile.take_off_of", list.name()),
                () -> change(() -> {
                    lists.remove(list.id(), List.of(customer));
                    Toasts.success(t("segments.profile.taken_off", list.name()));
                }));
    }

    private static void change(Runnable deed) {
        try {
            deed.run();
        } catch (ListRefused refused) {
            Toasts.error(refused.words());
        }
    }
}
