package io.perennial.accounts;

import io.perennial.kernel.EmailAddress;
import java.util.List;

/**
 * A mail of the installation itself to somebody who works with the console: an invitation, a link that confirms.
 *
 * @param title stands above its text
 * @param paragraphs of plain text
 * @param button what its link says
 * @param path where the link leads, below the installation's public address, without a leading slash
 * @param closing in small print: what to do who did not expect it
 */
public record StaffMail(
        EmailAddress to,
        String subject,
        String title,
        List<String> paragraphs,
        String button,
        String path,
        String closing) {

    public StaffMail {
        paragraphs = List.copyOf(paragraphs);
    }
}
