package io.perennial.webhooks;

import io.perennial.kernel.TenantId;
import io.perennial.support.TestTenants;
import org.springframework.context.ApplicationContext;

/** Sends what waits, for tests of other packages. */
public final class WebhookTurns {

    private WebhookTurns() {}

    /** A turn of each endpoint of the business. */
    public static void serve(ApplicationContext application, TenantId tenant) {
        WebhookWorkers workers = application.getBean(WebhookWorkers.class);
        TestTenants.asOwner(tenant, () -> application.getBean(Webhooks.class).list())
                .forEach(each -> workers.serve(new WebhookQueue.Key(tenant, each.id())));
    }
}
