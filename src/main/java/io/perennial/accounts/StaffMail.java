package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import java.util.List;
import java.util.Locale;

/**
 * A mail of the installation itself to somebody who works with the console: an invitation, a link that confirms.
 *
 * @param title stands above its text
 * @param paragraphs of plain text
 * @param button what its link says
 * @param path where the link leads, below the installation's public address, without a leading slash
 * @param closing in small print: what to do who did not expect it
 * @param language of all these words
 */
public record StaffMail(
        EmailAddress to,
        String subject,
        String title,
        List<String> paragraphs,
        String button,
        String path,
        String closing,
        Locale language) {

    public StaffMail {
        paragraphs = List.copyOf(paragraphs);
    }

    /** In English. */
    public StaffMail(
            EmailAddress to,
            String subject,
            String title,
            List<String> paragraphs,
            String button,
            String path,
            String closing) {
        this(to, subject, title, paragraphs, button, path, closing, Locale.ENGLISH);
    }
}
