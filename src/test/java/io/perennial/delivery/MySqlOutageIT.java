package io.perennial.delivery;

import io.perennial.support.IntegrationTest;
import io.perennial.support.StoppableMySql;
import io.perennial.support.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIf;

/** Case 7 with a real MySQL, killed and paused in its container. */
@EnabledIf(value = "dockerAnswers", disabledReason = "No Docker engine answers, so there is no MySQL to kill")
@IntegrationTest
class MySqlOutageIT extends LongOutage {

    MySqlOutageIT() {
        super(Own.DATABASE);
    }

    static boolean dockerAnswers() {
        return StoppableMySql.canBe() && Own.isReady();
    }

    /** Before the context is made: it connects to this one, too. */
    private static final class Own {

        private static final StoppableMySql DATABASE = StoppableMySql.start();

        static {
            TestDatabase.use(DATABASE.properties());
        }

        private static boolean isReady() {
            return true;
        }
    }
}
