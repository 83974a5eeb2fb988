package io.perennial.delivery.returns;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What matters of a mail that came in.
 *
 * @param head its own header
 * @param status paragraphs of a delivery status (RFC 3464): the first about the mail, the others about a recipient each;
 *     empty where it has none
 * @param feedback of a report by a feedback loop (RFC 5965); none where it is no such report
 * @param text what is written to people, without what is quoted of the mail that came back
 * @param original the header of the mail that came back, as far as it is quoted
 * @param originalText what else is quoted of it
 */
record ReturnedMail(
        MailFields head,
        List<MailFields> status,
        @Nullable MailFields feedback,
        String text,
        MailFields original,
        String originalText) {}
