package io.perennial.scale;

import io.perennial.support.IntegrationTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Loads shops to look at and to measure on, and leaves them: {@code -Dit.test=ScaleLoadBench
 * -Dbench.sizes=10000,1000000 -Dbench.shops=200x10000}. Those that are there stay as they are.
 */
@IntegrationTest
class ScaleLoadBench {

    @Autowired
    ApplicationContext application;

    @Test
    void loadsShops() {
        for (String size : System.getProperty("bench.sizes", "10000").split(",")) {
            ScaleShop.of(application, Integer.parseInt(size.strip()));
        }
        String many = System.getProperty("bench.shops", "");
        if (!many.isBlank()) {
            int[] parts =
                    Arrays.stream(many.split("x")).mapToInt(Integer::parseInt).toArray();
            ScaleShop.many(application, parts[0], parts[1]);
        }
    }
}
