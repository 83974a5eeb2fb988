package io.perennial.journey;

import static org.awaitility.Awaitility.await;

import io.perennial.kernel.EmailAddress;
import io.perennial.support.TestMail;
import java.time.Duration;

/** Where invitations lead. */
final class InvitationPages {

    private InvitationPages() {}

    /** The link of the mail that was sent to them, without its host. */
    static String linkOf(EmailAddress invited) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !TestMail.receivedBy(invited.value()).isEmpty());
        String mail = TestMail.receivedBy(invited.value()).getFirst().content().replace("=\r\n", "");
        return "/invitation/" + ReadMail.first(mail, "/invitation/([A-Za-z0-9_-]{54})");
    }
}
