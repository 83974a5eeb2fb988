package io.perennial.segments;

import io.perennial.segments.MoveLog.Moved;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells whoever listens by webhooks who came and went in a pass. Joins the caller's transaction. */
@Component
class MovesTold {

    private final MoveLog log;
    private final Happenings happenings;

    MovesTold(MoveLog log, Happenings happenings) {
        this.log = log;
        this.happenings = happenings;
    }

    /** Reads the log a message's worth at a time, and only where somebody listens: a first fill moves a million. */
    void of(Pass pass) {
        if (!happenings.isHeard(pass.tenant(), EventType.SEGMENT_ENTERED)
                && !happenings.isHeard(pass.tenant(), EventType.SEGMENT_LEFT)) {
            return;
        }
        List<Moved> some = List.of();
        do {
            some = log.moved(pass, some.isEmpty() ? 0 : some.getLast().customer(), EventData.MOST);
            tell(
                    pass,
                    EventType.SEGMENT_ENTERED,
                    some.stream().filter(Moved::entered).map(Moved::customer).toList());
            tell(
                    pass,
                    EventType.SEGMENT_LEFT,
                    some.stream().filter(m -> !m.entered()).map(Moved::customer).toList());
        } while (some.size() == EventData.MOST);
    }

    private void tell(Pass pass, EventType type, List<Long> customers) {
        happenings.tellOf(
                pass.tenant(),
                type,
                customers,
                ids -> new EventData.SegmentMove(pass.segment().toString(), ids));
    }
}
