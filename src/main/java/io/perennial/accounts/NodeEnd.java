package io.perennial.accounts;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Whether this node is about to end. Long work asks between its steps and stops behind the one that it has done, so that
 * another node, or this one after its start, goes on from there. Never by interrupting: a step ends as it would have.
 *
 * @see <a href="../../../../../docs/decisions/1004-how-a-node-ends.md">1004-how-a-node-ends.md</a>
 */
@Component
public class NodeEnd implements ApplicationListener<ContextClosedEvent> {

    private volatile boolean near;

    public boolean isNear() {
        return near;
    }

    /** Said before anything is stopped. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        near = true;
    }
}
