package io.perennial.delivery.pace;

import io.perennial.webhooks.WebhookGate;
import org.springframework.stereotype.Component;

/** What holds for mails holds for webhooks: from a restored backup nothing leaves until somebody looked. */
@Component
class WebhookLock implements WebhookGate {

    private final SendingLock lock;

    WebhookLock(SendingLock lock) {
        this.lock = lock;
    }

    @Override
    public boolean isOpen() {
        return !lock.isLocked();
    }
}
