package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.StaffMail;
import io.perennial.accounts.StaffMails;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestMail;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class StaffMailerTest {

    @Autowired
    StaffMails mails;

    @Autowired
    TransactionTemplate transaction;

    private final EmailAddress to = new EmailAddress("mia" + TimeOrderedIds.next() + "@staff.example");

    @Test
    void aMailGoesOutAfterTheTransactionFromTheInstallation() throws Exception {
        CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
        transaction.executeWithoutResult(status -> {
            mails.sendSoon(mail("Hello <Mia>"), outcome::complete);
            assertThat(TestMail.receivedBy(to.value())).isEmpty();
        });
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEmpty();
        String received = TestMail.receivedBy(to.value()).getFirst().toString();
        assertThat(TestMail.receivedBy(to.value())).hasSize(1);
        assertThat(received).contains("Perennial").contains("&lt;Mia&gt;").contains("/there/it-is");
    }

    @Test
    void whatIsRolledBackIsNotSent() {
        transaction.executeWithoutResult(status -> {
            mails.sendSoon(mail("Never"));
            status.setRollbackOnly();
        });
        assertThat(TestMail.receivedBy(to.value())).isEmpty();
    }

    private StaffMail mail(String title) {
        return new StaffMail(to, "Subject", title, List.of("First.", "Second."), "Open", "there/it-is", "Ignore it.");
    }

    @Test
    void theSenderIsTheConfiguredOneThenTheServersUserThenTheInstallation() {
        assertThat(new StaffMailProperties("hello@shop.example", "P").sender("u@x.example", "h.example"))
                .hasToString("hello@shop.example");
        assertThat(new StaffMailProperties(null, "P").sender("u@x.example", "h.example"))
                .hasToString("u@x.example");
        assertThat(new StaffMailProperties("", "P").sender("user", "h.example")).hasToString("perennial@h.example");
        assertThat(new StaffMailProperties(null, "P").sender(null, "localhost").domain())
                .isNotEmpty();
    }
}
