package io.perennial.delivery;

import org.jspecify.annotations.Nullable;

/** One message outside the ledger, whatever happens. */
final class SingleCourse implements MailConnection.Course {

    private @Nullable Answer answer;

    @Override
    public boolean mayBegin(int message) {
        return true;
    }

    @Override
    public boolean mayTransmit(int message) {
        return true;
    }

    @Override
    public boolean answered(int message, Answer given) {
        answer = given;
        return false;
    }

    /**
     * @throws Mailer.MailNotSent with what the server said, if it did not take the message
     */
    void requireAccepted() {
        if (answer == null || answer.kind() != Answer.Kind.ACCEPTED) {
            throw new Mailer.MailNotSent(answer == null ? "" : answer.text());
        }
    }
}
