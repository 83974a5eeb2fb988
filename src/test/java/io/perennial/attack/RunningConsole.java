package io.perennial.attack;

import io.perennial.support.SqlGuard;
import io.perennial.support.TestTenants;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/**
 * The console with its server, as it stands behind a proxy that ends TLS: what these tests see is what leaves the machine.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"perennial.public-url=https://console.example", "server.forward-headers-strategy=framework"})
@ActiveProfiles("test")
@Import({TestTenants.class, SqlGuard.class})
@DirtiesContext
@interface RunningConsole {}
