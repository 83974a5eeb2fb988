package io.perennial.segments.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.button.Button;
import io.perennial.segments.Rule;
import io.perennial.segments.Rules;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

@IntegrationTest
class LivePreviewTest extends SpringBrowserlessTest {

    @Autowired
    Rules rules;

    @Autowired
    Counting counting;

    @Autowired
    TestTenants tenants;

    @Test
    void aCountThatFailsSaysWhatToDoInThePlaceOfWhatWasShown() {
        TestTenants.asOwner(tenants.fresh("Acme"), () -> {
            LivePreview preview = new LivePreview(rules, counting, Currency.getInstance("CZK"));
            preview.incomplete();
            assertThat(seen(preview)).contains("Complete the rule");
            preview.failed(new DataAccessResourceFailureException("no connection"), Rule.everybody());
            assertThat(seen(preview))
                    .contains("Could not count just now. Your rule is kept; try again.")
                    .doesNotContain("Complete the rule");
            assertThat(find(Button.class, preview).single().getText()).isEqualTo("Count again");
            preview.failed(new QueryTimeoutException("a minute"), Rule.everybody());
            assertThat(seen(preview))
                    .contains("This rule took too long to count. Make it simpler, or try again.")
                    .doesNotContain("Could not count");
            assertThat(find(Button.class, preview).all()).hasSize(1);
        });
    }

    /** Without what only screen readers say. */
    private static String seen(LivePreview preview) {
        return preview.getChildren()
                .filter(part -> part.getElement().getAttribute("role") == null)
                .map(part -> part.getElement().getTextRecursively())
                .reduce("", String::concat);
    }
}
