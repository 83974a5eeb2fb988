package io.perennial.customers;

import io.perennial.accounts.ActingAs;
import io.perennial.kernel.TenantId;
import io.perennial.support.ChildBeans;
import io.perennial.tenancy.TenantSql;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * A node that begins one import, to be killed: the real jobs on the real database, without the rest of the application.
 * Its parts are made when they are needed. No {@code @Configuration}, or the application would find it too.
 */
@TenantSql("Makes connections for the real stores.")
@ConfigurationPropertiesScan({
    "io.perennial.tenancy",
    "io.perennial.accounts",
    "io.perennial.webhooks",
    "io.perennial.outside"
})
@ComponentScan(
        basePackages = {
            "io.perennial.customers",
            "io.perennial.accounts",
            "io.perennial.tenancy",
            "io.perennial.webhooks",
            "io.perennial.outside"
        },
        lazyInit = true,
        excludeFilters = @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = TestComponent.class))
class ImportChild extends ChildBeans {

    public static void main(String[] args) throws InterruptedException {
        AnnotationConfigApplicationContext node = new AnnotationConfigApplicationContext(ImportChild.class);
        ImportJobs jobs = node.getBean(ImportJobs.class);
        TenantId tenant = new TenantId(Long.parseLong(System.getProperty("child.tenant")));
        ActingAs.system(tenant, () -> {
            jobs.start(
                    ImportKind.valueOf(System.getProperty("child.kind")),
                    Path.of(System.getProperty("child.file")),
                    ImportSettings.of(System.getProperty("child.settings")).mapping(),
                    ImportOptions.of("file.csv", CsvFormat.STANDARD));
        });
        Thread.currentThread().join();
    }
}
