package io.perennial.journey;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Prints what the browsers of a failed test showed: "timeout exceeded" alone says nothing of a machine that is gone. JUnit finds it
 * by itself ({@code junit-platform.properties}).
 */
public final class SeenOnFailure implements AfterTestExecutionCallback {

    @Override
    public void afterTestExecution(ExtensionContext test) {
        test.getExecutionException()
                .ifPresent(failure -> Browser.open()
                        .forEach(browser -> System.err.println(
                                "Seen when " + test.getDisplayName() + " failed:\n" + browser.seen())));
    }
}
