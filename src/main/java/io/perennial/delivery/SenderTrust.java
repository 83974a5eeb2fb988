package io.perennial.delivery;

import io.perennial.kernel.EmailAddress;

/** Whether receivers can tell that mails are really from whom they say. */
public interface SenderTrust {

    /** Whether mails of the business being worked in are signed for this address, by a key last found in the DNS. */
    boolean isSigned(EmailAddress sender);
}
