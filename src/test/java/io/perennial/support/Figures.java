package io.perennial.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.UnsupportedEncodingException;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/** The console's figures, read as Prometheus reads them. */
public final class Figures {

    public static final String TOKEN = "a-token-of-tests-alone-0123456789";

    private final MockMvcTester browser;

    public Figures(WebApplicationContext application) {
        this.browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
    }

    public String text() {
        MvcTestResult answer = browser.perform(get("/actuator/prometheus").header("Authorization", "Bearer " + TOKEN));
        assertThat(answer).hasStatusOk();
        try {
            return answer.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The value of one figure, 0 while it is not there.
     *
     * @param name with its labels, as in {@code perennial_mails_total{outcome="sent"}}
     */
    public double of(String name) {
        return text().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
