package io.perennial.webhooks;

/** An endpoint that cannot be as it was entered. */
public final class WebhookRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String key;

    WebhookRefused(String key) {
        super(key);
        this.key = key;
    }

    /** The key of what to do about it. */
    public String key() {
        return key;
    }
}
