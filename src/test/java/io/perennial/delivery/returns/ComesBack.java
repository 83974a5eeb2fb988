package io.perennial.delivery.returns;

import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** Lets a sample of a returned mail come in, for tests of other packages. */
public final class ComesBack {

    private ComesBack() {}

    public static void take(ApplicationContext application, String sample, Map<String, String> values) {
        application.getBean(Intake.class).take(ReturnSamples.filled(sample, values), List.of(), ReturnSource.MAILBOX);
    }
}
