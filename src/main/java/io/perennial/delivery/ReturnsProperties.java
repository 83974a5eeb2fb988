package io.perennial.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails that come back reach this installation, and what they lead to.
 *
 * @param domain of the envelope's sender, which is made for each message ({@code b-…@domain}); its MX is
 *     {@link Smtp} here, or a mailbox that takes everything of the domain. Where empty (and a business has none of its
 *     own), mails come back to {@code perennial.delivery.envelope-from} or the sender's address
 * @param complaints addresses at which feedback loops report, whatever their domain
 * @param softLimit so many mails that came back for a passing reason suppress the address
 * @param softWithin counted over this time, from the last mail that got through
 * @param keepDoubtful how long what nobody could read is kept to be looked at
 */
@ConfigurationProperties("perennial.returns")
public record ReturnsProperties(
        @Nullable String domain,
        @DefaultValue List<String> complaints,
        @DefaultValue("5") int softLimit,
        @DefaultValue("30d") Duration softWithin,
        @DefaultValue("30d") Duration keepDoubtful,
        @DefaultValue Mailbox mailbox,
        @DefaultValue Smtp smtp) {

    public ReturnsProperties {
        complaints = complaints.stream()
                .map(address -> address.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (softLimit < 1) {
            throw new IllegalArgumentException("perennial.returns.soft-limit is at least 1");
        }
    }

    /** Nothing configured. */
    static ReturnsProperties none() {
        return new ReturnsProperties(
                null,
                List.of(),
                5,
                Duration.ofDays(30),
                Duration.ofDays(30),
                new Mailbox(
                        null,
                        0,
                        Protocol.IMAP,
                        Security.TLS,
                        "",
                        "",
                        "INBOX",
                        null,
                        null,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30),
                        1 << 21),
                new Smtp(null, "0.0.0.0", null, null, 1 << 21, 50, 10, Duration.ofSeconds(60)));
    }

    /** How a connection is protected. */
    public enum Security {
        NONE,
        /** Begun in plain, and refused if the server offers no TLS. */
        STARTTLS,
        TLS
    }

    public enum Protocol {
        IMAP,
        POP3
    }

    /**
     * A mailbox to which mails come back, asked from time to time by one node.
     *
     * @param host none: no mailbox is asked
     * @param port the protocol's own where 0
     * @param protocol IMAP or POP3
     * @param security of the connection: TLS, STARTTLS or NONE
     * @param username of the mailbox
     * @param password of the mailbox
     * @param folder with IMAP
     * @param handledFolder with IMAP, where mails go that were handled; where empty they are deleted
     * @param sslBundle whom to trust, where that is not what Java trusts
     * @param poll how often
     * @param timeout for connecting and for each answer
     * @param maxSize bytes that are read of a mail
     */
    public record Mailbox(
            @Nullable String host,
            @DefaultValue("0") int port,
            @DefaultValue("IMAP") Protocol protocol,
            @DefaultValue("TLS") Security security,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("INBOX") String folder,
            @Nullable String handledFolder,
            @Nullable String sslBundle,
            @DefaultValue("1m") Duration poll,
            @DefaultValue("30s") Duration timeout,
            @DefaultValue("2097152") int maxSize) {

        public boolean configured() {
            return host != null && !host.isBlank();
        }

        @Override
        public String toString() {
            return protocol + " " + username + "@" + host; // the password stays out of logs
        }
    }

    /**
     * A port of our own that takes mails from other servers: only such as come back.
     *
     * @param port none: not open; 0: any free one
     * @param bind the address to listen on
     * @param name as which it presents itself; the bounce domain where empty
     * @param sslBundle for STARTTLS; not offered where empty
     * @param maxSize bytes of a mail
     * @param connections open at once, of all hosts
     * @param connectionsPerHost open at once, of one
     * @param timeout without a command or a line
     */
    public record Smtp(
            @Nullable Integer port,
            @DefaultValue("0.0.0.0") String bind,
            @Nullable String name,
            @Nullable String sslBundle,
            @DefaultValue("2097152") int maxSize,
            @DefaultValue("50") int connections,
            @DefaultValue("10") int connectionsPerHost,
            @DefaultValue("60s") Duration timeout) {}
}
