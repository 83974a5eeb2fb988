package io.perennial.customers;

import io.perennial.tenancy.SqlFragment;

/** The one definition of "may be mailed", as SQL for the queries of segments, campaigns and delivery. */
public final class MailableCustomers {

    private MailableCustomers() {}

    /**
     * A condition on a row of {@code customer}: has an address, the address is not suppressed, consent to the topic was
     * not withdrawn, and the customer has not paused mails.
     *
     * @param alias the alias of the table {@code customer} in the statement around
     * @param topic the code of the topic
     */
    public static SqlFragment mailable(String alias, String topic) {
        return SqlFragment.of(
                "(" + alias + ".email IS NOT NULL AND NOT " + suppressed(alias)
                        + " AND NOT EXISTS (SELECT 1 FROM consent k "
                        + "WHERE k.tenant_id = " + alias + ".tenant_id AND k.customer_id = " + alias
                        + ".id AND k.topic = ? AND k.status = 'WITHDRAWN') AND NOT " + paused(alias) + ")",
                topic);
    }

    /** A condition on a row of {@code customer}: they want no mails for now. Without parameters. */
    public static String paused(String alias) {
        return "EXISTS (SELECT 1 FROM customer_pause q WHERE q.tenant_id = " + alias + ".tenant_id "
                + "AND q.customer_id = " + alias + ".id AND q.until_at > UTC_TIMESTAMP(6))";
    }

    /** A condition on a row of {@code customer}: its address is on the suppression list. Without parameters. */
    public static String suppressed(String alias) {
        return "EXISTS (SELECT 1 FROM suppression s WHERE s.tenant_id = " + alias
                + ".tenant_id AND s.email_hash = UNHEX(SHA2(" + alias + ".email, 256)))";
    }
}
