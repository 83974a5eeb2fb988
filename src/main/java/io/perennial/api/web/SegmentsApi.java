package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.customers.Customers;
import io.perennial.kernel.CustomerId;
import io.perennial.segments.Membership;
import io.perennial.segments.Rules;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentMember;
import io.perennial.segments.Segments;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Segments and who is in them. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/segments", produces = "application/json")
class SegmentsApi {

    private final Segments segments;
    private final Rules rules;
    private final Membership membership;
    private final Customers customers;
    private final Cursors cursors;

    SegmentsApi(Segments segments, Rules rules, Membership membership, Customers customers, Cursors cursors) {
        this.customers = customers;
        this.segments = segments;
        this.rules = rules;
        this.membership = membership;
        this.cursors = cursors;
    }

    /** @param rule in words */
    record SegmentView(String id, String name, String rule, Instant updatedAt) {}

    record SegmentCount(String segmentId, long count, Instant at) {}

    /** @param enteredAt since when, as far as is known */
    record MemberView(String customerId, @Nullable String email, Instant enteredAt) {}

    /** @param member as kept: right within seconds */
    record MembershipView(String segmentId, String customerId, boolean member) {}

    @GetMapping
    @Needs(Permission.SEGMENT_READ)
    Listed<SegmentView> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        long after = cursors.read("segments", cursor, 0);
        List<SegmentDetails> read = segments.all().stream()
                .sorted(Comparator.comparingLong(s -> s.id().value()))
                .filter(s -> s.id().value() > after)
                .limit(limit + 1L)
                .toList();
        return cursors.page("segments", read, limit, s -> s.id().value(), this::view);
    }

    @GetMapping("/{segment}")
    @Needs(Permission.SEGMENT_READ)
    SegmentView get(@PathVariable @Positive long segment) {
        return view(segments.open(new SegmentId(segment)));
    }

    /** Counts anew. */
    @GetMapping("/{segment}/count")
    @Needs(Permission.SEGMENT_READ)
    SegmentCount count(@PathVariable @Positive long segment) {
        return new SegmentCount(Long.toString(segment), segments.count(new SegmentId(segment)), Instant.now());
    }

    /** As kept: right within seconds. */
    @GetMapping("/{segment}/members")
    @Needs({Permission.SEGMENT_READ, Permission.CUSTOMER_READ})
    Listed<MemberView> members(
            @PathVariable @Positive long segment,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        SegmentId id = new SegmentId(segment);
        segments.require(id);
        String list = "members:" + segment;
        return cursors.page(
                list,
                membership.membersBelow(id, cursors.read(list, cursor, Long.MAX_VALUE), limit + 1),
                limit,
                m -> m.customer().value(),
                SegmentsApi::view);
    }

    /** Whether one customer is in it. */
    @GetMapping("/{segment}/members/{customer}")
    @Needs({Permission.SEGMENT_READ, Permission.CUSTOMER_READ})
    MembershipView member(@PathVariable @Positive long segment, @PathVariable @Positive long customer) {
        SegmentId id = new SegmentId(segment);
        segments.require(id);
        CustomerId who = customers.require(new CustomerId(customer)).id();
        return new MembershipView(Long.toString(segment), who.toString(), membership.isMember(id, who));
    }

    private SegmentView view(SegmentDetails segment) {
        return new SegmentView(segment.id().toString(), segment.name(), rules.sentence(segment), segment.updatedAt());
    }

    private static MemberView view(SegmentMember member) {
        return new MemberView(member.customer().toString(), member.email(), member.enteredAt());
    }
}
