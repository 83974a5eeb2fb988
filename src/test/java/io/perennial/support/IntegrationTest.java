package io.perennial.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A test with the whole application on a real database, without a web server. All such tests share one context: keep
 * to this annotation, make your own businesses by {@link TestTenants}, and leave no assumption about what else is in
 * the database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag(IntegrationTest.DATABASE)
@SpringBootTest
@ActiveProfiles("test")
@Import({
    TestTenants.class,
    SqlGuard.class,
    io.perennial.customers.ImportedData.class,
    io.perennial.customers.ShopRows.class,
    io.perennial.promotions.Shop.class,
    io.perennial.shell.Door.class,
    io.perennial.segments.KeptSegments.class
})
public @interface IntegrationTest {

    /** The tag of tests that ask a database, which are run on MySQL and on the embedded MariaDB. */
    String DATABASE = "database";
}
