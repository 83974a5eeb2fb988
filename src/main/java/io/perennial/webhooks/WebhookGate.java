package io.perennial.webhooks;

/** Says whether anything may leave this installation; not where a backup was restored and nobody looked yet. */
@FunctionalInterface
public interface WebhookGate {

    boolean isOpen();
}
