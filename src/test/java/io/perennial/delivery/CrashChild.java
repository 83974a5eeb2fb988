package io.perennial.delivery;

import io.perennial.support.ChildBeans;
import java.nio.file.Path;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;

/**
 * A node that does nothing but send, to be killed: the real engine on the real database, without the rest of the
 * application. Its settings come as system properties, its parts are made when the engine needs them. No
 * {@code @Configuration}, or the application would find it too.
 */
@ConfigurationPropertiesScan({
    "io.perennial.delivery",
    "io.perennial.tenancy",
    "io.perennial.accounts",
    "io.perennial.webhooks",
    "io.perennial.outside"
})
@ComponentScan(
        basePackages = {
            "io.perennial.delivery",
            "io.perennial.customers",
            "io.perennial.accounts",
            "io.perennial.tenancy",
            "io.perennial.webhooks",
            "io.perennial.outside"
        },
        lazyInit = true,
        excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = CrashChild.Unneeded.class))
class CrashChild extends ChildBeans {

    /** What starts by itself, but for the engine; what belongs to pages and tests. */
    static class Unneeded implements TypeFilter {

        private static final Set<String> STARTING =
                Set.of("org.springframework.context.SmartLifecycle", "org.springframework.context.Lifecycle");

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) {
            return (Set.of(type.getClassMetadata().getInterfaceNames()).stream().anyMatch(STARTING::contains)
                            && !type.getClassMetadata().getClassName().equals(DeliveryEngine.class.getName()))
                    || type.getAnnotationMetadata().hasAnnotation(TestComponent.class.getName());
        }
    }

    public static void main(String[] args) throws InterruptedException {
        AnnotationConfigApplicationContext node = new AnnotationConfigApplicationContext(CrashChild.class);
        node.registerShutdownHook();
        Thread.currentThread().join();
    }

    @Bean
    @Override
    protected DataSource dataSource() {
        DataSource pool = super.dataSource();
        String freeze = System.getProperty("child.freeze");
        return freeze == null
                ? pool
                : new FreezingDataSource(
                        pool,
                        freeze,
                        Path.of(System.getProperty("child.freeze.armed")),
                        Path.of(System.getProperty("child.freeze.frozen")));
    }

    @Bean
    MessageComposer composer() {
        String kind = System.getProperty("child.kind");
        return new MessageComposer() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Composition open(long reference) {
                return recipients -> recipients.stream()
                        .<Composed>map(r -> new Composed.Message("Hello", "<p>Hello " + r.email() + "</p>", "Hello"))
                        .toList();
            }
        };
    }
}
