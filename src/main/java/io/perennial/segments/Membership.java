package io.perennial.segments;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.CustomerAspect;
import io.perennial.kernel.CustomerId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is in the segments of the current business, as it is kept: right as of the last changes that were looked at, within
 * seconds of an order. Who gets a campaign is asked of the rule itself, by {@link SegmentDirectory#customersIn}.
 */
@Service
@Transactional(readOnly = true)
public class Membership {

    private static final int LARGEST_PAGE = 200;

    /** Segments compared at a time. */
    private static final int MOST_COMPARED = 3;

    private final KeptMembers members;
    private final OverlapReader overlaps;
    private final SegmentRepository segments;
    private final Businesses businesses;
    private final RuleContexts contexts;
    private final WhyFinder finder;

    Membership(
            KeptMembers members,
            OverlapReader overlaps,
            SegmentRepository segments,
            Businesses businesses,
            RuleContexts contexts,
            WhyFinder finder) {
        this.members = members;
        this.overlaps = overlaps;
        this.contexts = contexts;
        this.finder = finder;
        this.segments = segments;
        this.businesses = businesses;
    }

    /** The sizes of all segments. One that was never counted may be missing. */
    @PreAuthorize("hasAuthority('segment:read')")
    public Map<SegmentId, SegmentSize> sizes() {
        Business business = businesses.current();
        Map<SegmentId, SegmentSize> sizes = new HashMap<>();
        members.sizes(business.id(), LocalDate.now(business.zone()), null)
                .forEach(size -> sizes.put(size.segment(), size));
        return sizes;
    }

    /**
     * The size of a segment.
     *
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public SegmentSize size(SegmentId segment) {
        Rule rule = segments.require(segment).rule();
        Business business = businesses.current();
        return members.sizes(business.id(), LocalDate.now(business.zone()), segment).stream()
                .findFirst()
                .orElse(new SegmentSize(segment, null, true, null, null, null, null, null, false))
                .nightly(RuleNeeds.of(rule, contexts.scope()).aspects().contains(CustomerAspect.ENGAGEMENT));
    }

    /** A point for each day of which the size is known, the oldest first. */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SizePoint> history(SegmentId segment, LocalDate since) {
        return members.history(businesses.current().id(), segment, since);
    }

    /** A page of who is in a segment, those known last first. */
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public List<SegmentMember> members(SegmentId segment, long offset, int limit) {
        return members.members(
                businesses.current().id(), segment, Math.max(0, offset), Math.clamp(limit, 1, LARGEST_PAGE));
    }

    /**
     * The next members by falling id, for whoever reads them all: pages neither overlap nor leave anybody out while people
     * come and go.
     *
     * @param below only customers with smaller ids
     * @param limit at most one more than {@value #LARGEST_PAGE}
     */
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public List<SegmentMember> membersBelow(SegmentId segment, long below, int limit) {
        return members.membersBelow(businesses.current().id(), segment, below, Math.clamp(limit, 1, LARGEST_PAGE + 1));
    }

    /**
     * A page of who entered and left a segment, the latest first.
     *
     * @param since the first day of the business that counts; the log holds 400 days
     */
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public List<SegmentMove> moves(SegmentId segment, LocalDate since, MoveFilter filter, long offset, int limit) {
        Business business = businesses.current();
        return members.moves(
                business.id(),
                segment,
                since.atStartOfDay(business.zone()).toInstant(),
                filter,
                Math.max(0, offset),
                Math.clamp(limit, 1, LARGEST_PAGE));
    }

    /** The segments that a customer is in, by name. */
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public List<SegmentOfCustomer> segmentsOf(CustomerId customer) {
        return members.segmentsOf(businesses.current().id(), customer);
    }

    /**
     * Why a customer fits a segment's rule now, or does not: every condition, also of groups that are settled without.
     *
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public WhyPart why(SegmentId segment, CustomerId customer) {
        Rule rule = segments.require(segment).rule();
        return finder.why(rule, customer, contexts.current());
    }

    /** Whether a customer is kept in a segment. */
    @PreAuthorize("hasAuthority('segment:read') and hasAuthority('customer:read')")
    public boolean isMember(SegmentId segment, CustomerId customer) {
        return members.isMember(businesses.current().id(), segment, customer);
    }

    /**
     * How many customers are in each combination of two or three segments.
     *
     * @return every region, also those without anybody
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    @PreAuthorize("hasAuthority('segment:read')")
    public List<OverlapRegion> overlap(List<SegmentId> compared) {
        if (compared.size() < 2
                || compared.size() > MOST_COMPARED
                || new HashSet<>(compared).size() < compared.size()) {
            throw new IllegalArgumentException("Two or three different segments can be compared, not " + compared);
        }
        compared.forEach(segments::require);
        return overlaps.regions(businesses.current().id(), compared);
    }
}
