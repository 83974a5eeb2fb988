package io.perennial.delivery;

import io.perennial.support.ChildProcess;
import io.perennial.support.TestDatabase;
import java.time.Duration;
import java.util.List;

/** A node that does nothing but send, in a process of its own, to be killed or frozen. */
final class ChildNode {

    private ChildNode() {}

    /** @param settings further system properties, {@code name=value} */
    static ChildProcess start(
            int smtp, String composer, int workers, int chunk, int step, Duration lease, String... settings) {
        return ChildProcess.of(CrashChild.class.getName())
                .with(TestDatabase.properties())
                .with(List.of(
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + smtp,
                        "child.kind=" + composer,
                        "perennial.public-url=http://localhost:8080",
                        // Tests use one database after the other from one folder, which looks as if a backup had been
                        // restored.
                        "perennial.installation.guarded=false",
                        "perennial.delivery.workers=" + workers,
                        "perennial.delivery.chunk=" + chunk,
                        "perennial.delivery.step=" + step,
                        "perennial.delivery.poll=100ms",
                        "perennial.delivery.lease=" + lease.toMillis() + "ms",
                        "perennial.delivery.connect-timeout=2s",
                        "perennial.delivery.answer-timeout=" + lease.toMillis() / 6 + "ms",
                        "perennial.delivery.idle=5s",
                        "perennial.delivery.breaker-pause=200ms"))
                .with(List.of(settings))
                .start();
    }
}
