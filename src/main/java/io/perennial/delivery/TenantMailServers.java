package io.perennial.delivery;

import io.perennial.delivery.sender.OwnServers;
import io.perennial.delivery.sender.SenderProperties;
import io.perennial.kernel.TenantId;
import io.perennial.outside.OutsideHosts;
import io.perennial.tenancy.TenantSecrets;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A business's own server where it has one, the installation's otherwise. Looks every two seconds whether the settings
 * changed: any node may have changed them.
 */
@Component
class TenantMailServers implements MailServers {

    private static final Logger log = LoggerFactory.getLogger(TenantMailServers.class);

    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final SmtpServer installation;
    private final OwnServers own;
    private final DeliveryProperties delivery;
    private final Predicate<InetAddress> allowed;
    private final StallGuard guard;
    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();

    TenantMailServers(
            SmtpServer installation,
            OwnServers own,
            DeliveryProperties delivery,
            SenderProperties properties,
            OutsideHosts hosts) {
        this.installation = installation;
        this.own = own;
        this.delivery = delivery;
        this.allowed = allowed(properties, hosts);
        this.guard = new StallGuard(delivery.answerTimeout());
        if (!installation.configured()) {
            log.warn("No mail server is configured (spring.mail.host): "
                    + "mails of businesses without one of their own wait in the ledger");
        }
    }

    /** Which addresses a business's own server may have. */
    static Predicate<InetAddress> allowed(SenderProperties properties, OutsideHosts hosts) {
        return properties.privateServers() ? address -> true : hosts::allows;
    }

    /** @param server null for the installation's */
    private record Known(long revision, @Nullable MailServer server, long at) {}

    @Override
    public MailServer of(TenantId tenant) {
        Known entry = known.get(tenant);
        if (entry == null || System.nanoTime() - entry.at() > FRESH) {
            entry = known.compute(tenant, (t, before) -> refreshed(t, before));
        }
        return entry.server() == null ? installation : entry.server();
    }

    private Known refreshed(TenantId tenant, @Nullable Known before) {
        long revision = own.revision(tenant);
        if (before != null && before.revision() == revision) {
            return new Known(revision, before.server(), System.nanoTime());
        }
        return new Known(revision, revision == 0 ? null : made(tenant), System.nanoTime());
    }

    private @Nullable MailServer made(TenantId tenant) {
        try {
            OwnServers.Access access = own.access(tenant);
            return access == null ? null : new SmtpServer(SmtpSettings.own(access, delivery, allowed), guard, delivery);
        } catch (TenantSecrets.Unreadable e) {
            log.error("The mail server of business {} cannot be used: {}", tenant, e.getMessage());
            return new UnusableServer(String.valueOf(e.getMessage()), delivery);
        }
    }

    /** Says to every mail why there is no way out; so the run is paused and tells. */
    private static final class UnusableServer implements MailServer {

        private final Answer answer;
        private final ServerHealth health;

        UnusableServer(String why, DeliveryProperties delivery) {
            this.answer = new Answer(Answer.Kind.SIGN_IN_REFUSED, why);
            this.health = new ServerHealth(delivery.breakerPause(), 1);
        }

        @Override
        public String name() {
            return "-";
        }

        @Override
        public boolean configured() {
            return true;
        }

        @Override
        public ServerHealth health() {
            return health;
        }

        @Override
        public MailConnection connection() {
            return new MailConnection() {
                @Override
                public void send(List<Parcel> parcels, Course course) {
                    if (course.mayBegin(0)) {
                        course.answered(0, answer);
                    }
                }

                @Override
                public void closeIfIdle() {}

                @Override
                public void close() {}

                @Override
                public void abandon() {}
            };
        }
    }
}
