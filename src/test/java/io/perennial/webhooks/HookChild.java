package io.perennial.webhooks;

import io.perennial.accounts.NodeEnd;
import io.perennial.support.ChildBeans;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * A node that does nothing but send webhooks, to be killed: the real workers on the real database, without the rest of the
 * application. No {@code @Configuration}, or the application would find it too.
 */
@ConfigurationPropertiesScan({
    "io.perennial.tenancy",
    "io.perennial.accounts",
    "io.perennial.webhooks",
    "io.perennial.outside"
})
@ComponentScan(
        basePackages = {"io.perennial.accounts", "io.perennial.tenancy", "io.perennial.webhooks", "io.perennial.outside"
        },
        lazyInit = true,
        excludeFilters = @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = TestComponent.class))
class HookChild extends ChildBeans {

    public static void main(String[] args) throws InterruptedException {
        AnnotationConfigApplicationContext node = new AnnotationConfigApplicationContext(HookChild.class);
        WebhookWorkers workers = new WebhookWorkers(
                node.getBean(WebhookQueue.class),
                node.getBean(WebhookCaller.class),
                new NobodyToTell(),
                node.getBean(WebhookProperties.class),
                node.getBeanProvider(WebhookGate.class),
                new NodeEnd());
        while (true) {
            workers.poll();
            Thread.sleep(50);
        }
    }

    /** No endpoint ends here; without staff's accounts and all that they need. */
    private static class NobodyToTell extends WebhookEnding {

        NobodyToTell() {
            super(null, null, null, null, null, null, null, null);
        }

        @Override
        public void failed(WebhookQueue.Key key) {}
    }
}
