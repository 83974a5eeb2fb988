package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies as servers of the world give them. */
class AnswerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # accepted
            250 2.0.0 Ok: queued as 4F1C2                                                             | ACCEPTED
            250 2.0.0 OK 1700000000 a1-20020a05                                                       | ACCEPTED
            # the server, not the message: breaker, no attempt
            421 4.3.2 Service not available, closing transmission channel                             | UNREACHABLE
            421 4.7.0 mx.example Error: too many errors                                               | UNREACHABLE
            421-4.7.28 Gmail has detected an unusual rate of unsolicited mail                         | UNREACHABLE
            421 4.7.0 [TSS04] Messages from 203.0.113.9 temporarily deferred (Yahoo)                  | UNREACHABLE
            # later: an attempt, tried again
            450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, see postgrey             | LATER
            450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents    | LATER
            451 4.7.1 Greylisting in action, please come back later                                   | LATER
            451 4.7.500 Server busy. Please try again later from [203.0.113.9]. (S77719)              | LATER
            451 4.7.650 The mail server [203.0.113.9] has been temporarily rate limited               | LATER
            450 4.7.26 This mail has been rate limited because it is unauthenticated                  | LATER
            451 4.4.1 Temporary lookup failure                                                        | LATER
            452 4.2.2 The email account that you tried to reach is over quota                         | LATER
            452-4.2.2 The recipient's inbox is out of storage space                                   | LATER
            452 4.3.1 Insufficient system storage                                                     | LATER
            452 4.5.3 Too many recipients                                                             | LATER
            454 4.7.0 Temporary authentication failure                                                | LATER
            # nobody there: suppressed
            550-5.1.1 The email account that you tried to reach does not exist (Gmail)                | NO_SUCH_MAILBOX
            550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in local recipient table| NO_SUCH_MAILBOX
            550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table| NO_SUCH_MAILBOX
            550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient a@b.example not found by SMTP lookup | NO_SUCH_MAILBOX
            550 5.1.2 <a@nowhere.example>: Recipient address rejected: Domain not found               | NO_SUCH_MAILBOX
            551 5.1.6 User not local, has moved                                                       | NO_SUCH_MAILBOX
            550 5.5.0 Requested action not taken: mailbox unavailable (Outlook.com)                   | NO_SUCH_MAILBOX
            550 no such user here                                                                     | NO_SUCH_MAILBOX
            550 Unrouteable address (Exim)                                                            | NO_SUCH_MAILBOX
            550 Unknown user                                                                          | NO_SUCH_MAILBOX
            554 delivery error: dd This user doesn't have a yahoo.com account (a@yahoo.com) [0]       | NO_SUCH_MAILBOX
            # this mail fails, nobody is suppressed, the others go on
            550 5.4.1 Recipient address rejected: Access denied. AS(201806281) (Exchange)             | REFUSED
            550 5.2.1 The email account that you tried to reach is inactive                           | REFUSED
            552 5.2.2 The email account that you tried to reach is over quota                         | REFUSED
            552 5.2.3 Message too large for this mailbox                                              | REFUSED
            552 1 Requested mail action aborted, mailbox not found                                    | REFUSED
            554 5.2.2 mailbox full                                                                    | REFUSED
            554 5.6.0 Message contains invalid header                                                 | REFUSED
            554 5.1.12 something new                                                                  | REFUSED
            554 5.4.6 Too many hops                                                                   | REFUSED
            550 5.7.1 <a@b.example>: Recipient address rejected: Access denied                        | REFUSED
            550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup                                   | REFUSED
            550 5.7.2 Only members may write to this list                                             | REFUSED
            501 5.5.4 Syntax error in parameters                                                      | REFUSED
            # the sender: the run is paused, nobody is suppressed
            550 5.7.1 Our system has detected that this message is likely unsolicited mail (Gmail)    | SENDER_REFUSED
            550-5.7.26 This mail has been blocked because the sender is unauthenticated (Gmail)       | SENDER_REFUSED
            550 5.7.25 The sending IP does not have a PTR record setup                                | SENDER_REFUSED
            550 5.7.515 Access denied, sending domain roast.example does not meet the level (Outlook) | SENDER_REFUSED
            550 5.7.509 Access denied, sending domain does not pass DMARC verification                | SENDER_REFUSED
            550 5.7.606 Access denied, banned sending IP [203.0.113.9]                                | SENDER_REFUSED
            554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org   | SENDER_REFUSED
            554 5.7.1 <a@b.example>: Relay access denied                                              | SENDER_REFUSED
            554 5.7.1 Message rejected as spam by content scanner                                     | SENDER_REFUSED
            554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com    | SENDER_REFUSED
            550 5.1.8 <s@roast.example>: Sender address rejected: Domain not found                    | SENDER_REFUSED
            550 5.1.7 Invalid sender address                                                          | SENDER_REFUSED
            550 5.4.5 Daily user sending limit exceeded                                               | SENDER_REFUSED
            552 5.3.4 Message size exceeds fixed limit                                                | SENDER_REFUSED
            550 Sender rejected                                                                       | SENDER_REFUSED
            550 Your IP 203.0.113.9 is blacklisted at b.barracudacentral.org                          | SENDER_REFUSED
            # our own sign-in
            535 5.7.8 Username and Password not accepted                                              | SIGN_IN_REFUSED
            534 5.7.9 Application-specific password required                                          | SIGN_IN_REFUSED
            530 5.7.0 Must issue a STARTTLS command first                                             | SIGN_IN_REFUSED
            530 Authentication required                                                               | SIGN_IN_REFUSED
            538 5.7.11 Encryption required for requested authentication mechanism                     | SIGN_IN_REFUSED
            """)
    void eachReplyIsUnderstood(String reply, Answer.Kind kind) {
        assertThat(Answer.of(Integer.parseInt(reply.substring(0, 3)), reply).kind())
                .isEqualTo(kind);
    }
}
