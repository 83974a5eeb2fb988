package io.perennial.delivery;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** A server spoken to by SMTP; the bean is that of {@code spring.mail.*}. */
@Component
class SmtpServer implements MailServer {

    private final SmtpSettings settings;
    private final StallGuard guard;
    private final ServerHealth health;

    /** That of the installation. */
    @Autowired
    SmtpServer(MailProperties mail, DeliveryProperties delivery, ObjectProvider<SslBundles> bundles) {
        this.settings = SmtpSettings.ofInstallation(mail, delivery, bundles);
        this.guard = new StallGuard(delivery.answerTimeout());
        this.health = new ServerHealth(delivery.breakerPause(), delivery.workers());
    }

    /** One of a business's own; it may keep half of the workers busy. */
    SmtpServer(SmtpSettings settings, StallGuard guard, DeliveryProperties delivery) {
        this.settings = settings;
        this.guard = guard;
        this.health = new ServerHealth(delivery.breakerPause(), Math.ceilDiv(delivery.workers(), 2));
    }

    @Override
    public String name() {
        return settings.place();
    }

    @Override
    public boolean configured() {
        return !settings.host().isBlank();
    }

    @Override
    public MailConnection connection() {
        return new SmtpConnection(settings, guard);
    }

    @Override
    public ServerHealth health() {
        return health;
    }
}
