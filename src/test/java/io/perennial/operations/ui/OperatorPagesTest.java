package io.perennial.operations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.ListItem;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.operations.OperatorJobs;
import io.perennial.operations.OperatorJobs.Rhythm;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class OperatorPagesTest extends SpringBrowserlessTest {

    @Autowired
    OperatorJobs jobs;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    StaffPrincipal operator;

    @BeforeEach
    void anOperator() {
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(
                tenants.fresh("Home"), accounts.ensureAccount(email, "Olga", "three calm words"), Role.SUPPORT);
        jdbc.update("UPDATE staff_account SET operator = TRUE WHERE email = ?", email.value());
        operator = accounts.loadUserByUsername(email.value());
    }

    @Test
    void theThreePagesOpenAndSayWhatIsThere() {
        TestTenants.as(operator, () -> {
            UI.getCurrent().navigate("operator/jobs");
            assertThat(text()).contains("Nightly tasks of each business", "Imports and checks of files", "Run now");
            UI.getCurrent().navigate("operator/health");
            assertThat(text()).contains("Schema", "Clocks", "Sending lock");
            UI.getCurrent().navigate("operator/version");
            assertThat(text()).contains("Java", "25");
            return true;
        });
    }

    @Test
    void wordsAreForJobsThatThereAre() {
        Set<String> there = TestTenants.as(operator, jobs::jobs).stream()
                .map(job -> job.name().replaceAll("[^A-Za-z0-9-]", "_"))
                .collect(Collectors.toSet());
        Set<String> spoken = ResourceBundle.getBundle("i18n.operations", Locale.ROOT).keySet().stream()
                .filter(key -> key.startsWith("operations.job."))
                .map(key -> key.substring("operations.job.".length()))
                .filter(key -> !key.equals("campaigns_launch")) // there once a campaign is planned
                .collect(Collectors.toSet());
        assertThat(there).containsAll(spoken);
    }

    @Test
    void aJobWithoutWordsIsSpelledOut() {
        assertThat(JobWords.name("HookRetries.sendAgain")).isEqualTo("Hook retries send again");
        assertThat(JobWords.name("hooks/old-log")).isEqualTo("Hooks old log");
        assertThat(JobWords.span(Duration.ofMillis(1_500))).isEqualTo("1.5 s");
        assertThat(JobWords.span(Duration.ofHours(3))).isEqualTo("3 h");
        assertThat(JobWords.rhythm(new Rhythm(null, "0 40 3 * * *", "UTC"))).isEqualTo("each day at 03:40 (UTC)");
        assertThat(JobWords.rhythm(new Rhythm(null, "20 3/10 * * * ?", "UTC"))).isEqualTo("every 10 min");
        assertThat(JobWords.rhythm(new Rhythm(null, "0 11,41 * * * ?", "UTC")))
                .isEqualTo("11, 41 minutes past each hour");
        assertThat(JobWords.rhythm(new Rhythm(null, "0 0 2 ? * MON", "UTC"))).isEqualTo("at 0 0 2 ? * MON (UTC)");
    }

    private String text() {
        return find(ListItem.class).all().stream()
                .map(item -> item.getElement().getTextRecursively())
                .collect(Collectors.joining("\n"));
    }
}
