package io.perennial.segments.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.VaadinSession;
import io.perennial.accounts.Permission;
import io.perennial.api.ApiClient;
import io.perennial.api.ApiKeys;
import io.perennial.kernel.TenantId;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.RandomShop;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.ConsentIs;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.Segments;
import io.perennial.segments.Window;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;

/** A count that the database holds up, and then breaks off. */
@IntegrationTest
@TenantSql("Locks a table that counts read, and has the server stop them.")
class CountFailureTest extends SpringBrowserlessTest {

    private static final String FAILED = "Could not count just now. Your rule is kept; try again.";
    private static final Rule NEWS = new Consent(List.of("news"), ConsentIs.GRANTED, Window.ever());

    @Autowired
    ApplicationContext application;

    @Autowired
    Segments segments;

    @Autowired
    KeptSegments kept;

    @Autowired
    TestTenants tenants;

    @Autowired
    DataSource source;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private SegmentRef news;

    @BeforeEach
    void aSegmentThatIsCountedByWords() {
        acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        RandomShop.fill(acme, jdbc, 12);
        RandomShop.fill(globex, jdbc, 30);
        news = TestTenants.asOwner(acme, () -> segments.create("News", NEWS));
        kept.lookAfter(acme);
        kept.lookAfter(globex);
    }

    @Test
    void thePageIsThereWhileACountIsHeldUpAndSaysWhatToDoWhenItFails() {
        TestTenants.asOwner(acme, () -> {
            try (Lock held = new Lock(source)) {
                UI.getCurrent().navigate("segments/" + news.id());
                assertThat(words()).contains("News");
                await().pollInSameThread().atMost(Duration.ofMinutes(1)).until(() -> !heldUp().isEmpty());
                drawn();
                assertThat(words()).doesNotContain(FAILED);
                assertThat(find(Button.class).all()).extracting(Button::getText).contains("Add condition");
                breakOffUntil(() -> {
                    drawn();
                    assertThat(find(Paragraph.class).all()) // what screen readers are told is there besides
                            .extracting(Paragraph::getText)
                            .contains(FAILED);
                });
            }
            Button again = find(Button.class).all().stream()
                    .filter(b -> b.getText().equals("Count again"))
                    .findFirst()
                    .orElseThrow();
            test(again).click();
            long expected = segments.count(news.id());
            assertThat(expected).isPositive();
            await().pollInSameThread().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                drawn();
                assertThat(words()).contains(expected + " customer").doesNotContain(FAILED);
            });
        });
    }

    @Test
    void aProgramIsToldAnErrorIdAndThatNothingWasKept() throws Exception {
        ApiClient programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        ApiKeys.Made key = programs.key(acme, Permission.SEGMENT_READ);
        String path = "/segments/" + news.id() + "/count";
        try (Lock held = new Lock(source)) {
            CompletableFuture<ApiClient.Answer> asked = CompletableFuture.supplyAsync(() -> programs.get(key, path));
            breakOffUntil(() -> assertThat(asked).isDone());
            ApiClient.Answer answer = asked.get();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body().get("errorId").asString()).isNotBlank();
            assertThat(answer.body().toString()).doesNotContain("count_word");
        }
        assertThat(programs.get(key, path).status()).isEqualTo(200);
    }

    /** Nobody else reads the words while this is open. */
    private static final class Lock implements AutoCloseable {

        private final Connection holder;

        Lock(DataSource source) {
            holder = DataSourceUtils.getConnection(source);
            run("LOCK TABLES count_word WRITE");
        }

        private void run(String sql) {
            new JdbcTemplate(new SingleConnectionDataSource(holder, true)).execute(sql);
        }

        @Override
        public void close() {
            run("UNLOCK TABLES");
            JdbcUtils.closeConnection(holder);
        }
    }

    /** The statements that wait for the table, by their connections. */
    private List<Long> heldUp() {
        return jdbc.queryForList(
                "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'SELECT /*+%count_word k%' "
                        + "AND state LIKE 'Waiting for table%'",
                Long.class);
    }

    private void breakOffUntil(ThrowingRunnable over) {
        await().pollInSameThread().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            heldUp().forEach(id -> jdbc.execute("KILL QUERY " + id));
            over.run();
        });
    }

    /** Has drawn on the page whatever other threads want drawn. */
    private static void drawn() {
        VaadinSession session = VaadinSession.getCurrent();
        session.getService().runPendingAccessTasks(session);
    }

    private String words() {
        return getCurrentView().getElement().getTextRecursively();
    }
}
