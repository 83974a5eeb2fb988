package io.perennial.segments;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.segments.KeptState.WantedWhy;
import io.perennial.segments.UsedBy.Weight;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts segments and lists out of sight and brings them back, or deletes them for good; whatever uses one keeps it.
 *
 * @see <a href="../../../../../docs/decisions/0306-lists.md">0306-lists.md</a>
 */
@Service
@Transactional
public class SegmentArchive {

    private final SegmentRepository segments;
    private final SegmentUses uses;
    private final RuleContexts contexts;
    private final MembershipStates kept;
    private final MemberStore members;
    private final MoveLog moves;
    private final ListStore lists;
    private final AuditLog audit;

    SegmentArchive(
            SegmentRepository segments,
            SegmentUses uses,
            RuleContexts contexts,
            MembershipStates kept,
            MemberStore members,
            MoveLog moves,
            ListStore lists,
            AuditLog audit) {
        this.segments = segments;
        this.uses = uses;
        this.contexts = contexts;
        this.kept = kept;
        this.members = members;
        this.moves = moves;
        this.lists = lists;
        this.audit = audit;
    }

    /** The archived segments with their rules, by name. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('segment:read')")
    public List<SegmentDetails> all() {
        return segments.findAllByOrderByName().stream()
                .filter(Segment::isArchived)
                .map(Segment::details)
                .toList();
    }

    /** What uses a segment, what needs it most first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('segment:read')")
    public List<UsedBy> usesOf(SegmentId id) {
        return uses.of(id);
    }

    /**
     * Puts a segment out of sight: it is offered nowhere and not kept up to date until it is restored.
     *
     * @throws NoSuchElementException if the current tenant has no such segment
     * @throws SegmentInUse if something at work or planned needs it
     */
    @PreAuthorize("hasAuthority('segment:write')")
    public void archive(SegmentId id) {
        Segment segment = segments.require(id);
        if (!segment.isArchived()) {
            uses.refuse(id, Weight.RESTS_ON);
            segment.archive(Instant.now());
            audit.record(SegmentDeed.ARCHIVED, id, segment.name());
        }
    }

    /**
     * Brings an archived segment back; who is in it is looked at anew.
     *
     * @throws NoSuchElementException if the current tenant has no such segment
     */
    @PreAuthorize("hasAuthority('segment:write')")
    public void restore(SegmentId id) {
        Segment segment = segments.require(id);
        if (segment.isArchived()) {
            segment.restore();
            segments.flush();
            kept.want(segment.tenant(), id, WantedWhy.CHANGE, 0);
            audit.record(SegmentDeed.RESTORED, id, segment.name());
        }
    }

    /**
     * Deletes a segment, and all that is kept about who was in it.
     *
     * @throws NoSuchElementException if the current tenant has no such segment
     * @throws SegmentInUse if something needs it
     */
    @PreAuthorize("hasAuthority('segment:write')")
    public void delete(SegmentId id) {
        Segment segment = segments.require(id);
        uses.refuse(id, Weight.NAMES);
        uses.release(id);
        String rule = segment.isList() ? null : new RuleWords(contexts.scope()).of(segment.rule());
        audit.record(
                SegmentDeed.DELETED, id, segment.name(), AuditChanges.none().and("segments.change.rule", rule, null));
        segments.delete(segment);
        segments.flush();
        members.forget(segment.tenant(), id);
        moves.forget(segment.tenant(), id);
        lists.forget(segment.tenant(), id);
    }
}
