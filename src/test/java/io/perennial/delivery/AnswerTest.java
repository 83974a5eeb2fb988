package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

    @ParameterizedTest
    @CsvSource({
        "250, 250 2.0.0 Ok queued as 4F, ACCEPTED",
        "421, 421 4.3.2 shutting down, UNREACHABLE",
        "450, 450 4.2.1 busy, LATER",
        "452, 452 4.2.2 over quota, LATER",
        "550, 550 5.1.1 no such user, NO_SUCH_MAILBOX",
        "550, 550-5.1.1 The account does not exist, NO_SUCH_MAILBOX",
        "550, 550 no such user here, REFUSED",
        "552, 552 5.3.4 too big, REFUSED",
        "550, 550 5.7.515 sender domain does not authenticate, SENDER_REFUSED",
        "535, 535 5.7.8 bad credentials, SIGN_IN_REFUSED",
        "530, 530 Authentication required, SIGN_IN_REFUSED",
        "554, 554 5.1.12 something else, REFUSED"
    })
    void eachReplyIsUnderstood(int code, String text, Answer.Kind kind) {
        assertThat(Answer.of(code, text).kind()).isEqualTo(kind);
    }
}
