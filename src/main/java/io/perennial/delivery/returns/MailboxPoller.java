package io.perennial.delivery.returns;

import io.perennial.delivery.ReturnsProperties;
import io.perennial.delivery.returns.ReturnSources.Handled;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Empties the mailbox to which mails come back. Every node would; the one that holds the lease does. A mail is gone from
 * it only after what it says is committed, and taking one twice changes nothing.
 */
@Component
class MailboxPoller implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MailboxPoller.class);
    /** So many mails at most before what is handled leaves the mailbox. */
    private static final int ROUND = 100;

    private final Intake intake;
    private final ReturnSources sources;
    private final ReturnsProperties.Mailbox settings;
    private final @Nullable SSLSocketFactory trust;
    private volatile CountDownLatch ended = new CountDownLatch(0);
    private volatile @Nullable Thread thread;

    @Autowired
    MailboxPoller(
            Intake intake, ReturnSources sources, ReturnsProperties properties, ObjectProvider<SslBundles> bundles) {
        this(intake, sources, properties.mailbox(), trust(properties.mailbox(), bundles));
    }

    MailboxPoller(
            Intake intake,
            ReturnSources sources,
            ReturnsProperties.Mailbox settings,
            @Nullable SSLSocketFactory trust) {
        this.intake = intake;
        this.sources = sources;
        this.settings = settings;
        this.trust = trust;
    }

    private static @Nullable SSLSocketFactory trust(
            ReturnsProperties.Mailbox settings, ObjectProvider<SslBundles> bundles) {
        String name = settings.sslBundle();
        return name == null || name.isBlank()
                ? null
                : bundles.getObject().getBundle(name).createSslContext().getSocketFactory();
    }

    @Override
    public void start() {
        if (settings.configured() && thread == null) {
            ended = new CountDownLatch(1);
            thread = Thread.ofPlatform().name("returns-mailbox").daemon().start(this::keepAsking);
        }
    }

    /** Beside others that stop: the mailbox's server may let it wait. */
    @Override
    public void stop(Runnable stopped) {
        Thread.ofPlatform().name("returns-stop").daemon().start(() -> {
            stop();
            stopped.run();
        });
    }

    @Override
    public void stop() {
        ended.countDown();
        Thread running = thread;
        if (running != null) {
            try {
                running.join(settings.timeout().plusSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void keepAsking() {
        while (ended.getCount() > 0) {
            int taken = ask();
            try {
                if (taken < ROUND && ended.await(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Asks once; gives how many mails were taken. Never fails: what went wrong is written down. */
    int ask() {
        try {
            Optional<Handled> held = sources.hold(ReturnMailbox.lease(settings));
            if (held.isEmpty()) {
                return 0;
            }
            int taken;
            try {
                taken = visit(held.get());
                sources.asked(ReturnSource.MAILBOX, null);
            } catch (MessagingException | IOException e) {
                log.warn("The mailbox {} cannot be read: {}", settings, e.getMessage());
                sources.asked(ReturnSource.MAILBOX, Finding.oneLine(String.valueOf(e.getMessage()), 490));
                taken = 0;
            }
            sources.release();
            return taken;
        } catch (RuntimeException e) {
            log.error("Asking for returned mails stumbled and is tried again; nothing is lost", e);
            return 0;
        }
    }

    private int visit(Handled before) throws MessagingException, IOException {
        int taken = 0;
        try (ReturnMailbox mailbox = ReturnMailbox.open(settings, trust)) {
            long validity = mailbox.validity();
            long last = validity == before.validity() ? before.last() : 0;
            for (Message message : mailbox.messages(ROUND)) {
                if (ended.getCount() == 0 && thread != null) {
                    break;
                }
                long number = mailbox.number(message);
                if (number == 0 || number > last) {
                    take(mailbox, message);
                    if (number > 0) {
                        sources.handled(new Handled(validity, number));
                    }
                }
                mailbox.done(message);
                taken++;
                if (taken % 20 == 0
                        && sources.hold(ReturnMailbox.lease(settings)).isEmpty()) {
                    break; // another node has taken over
                }
            }
        }
        return taken;
    }

    private void take(ReturnMailbox mailbox, Message message) throws MessagingException, IOException {
        byte[] content;
        try {
            content = mailbox.content(message);
        } catch (MessagingException | IOException e) {
            if (!mailbox.isAlive()) {
                throw e;
            }
            intake.unfetchable(
                    String.valueOf(e.getMessage()), mailbox.number(message)); // one bad mail holds up no others
            return;
        }
        Intake.Outcome outcome = intake.take(content, List.of(), ReturnSource.MAILBOX);
        log.debug("A mail of {} bytes from the mailbox: {}", content.length, outcome);
    }
}
