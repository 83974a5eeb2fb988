package io.perennial.delivery.sender;

import java.net.InetAddress;
import java.util.List;

/** Asks the DNS. Names are ASCII, without a dot at the end; an empty list says that there is no such record. */
public interface DnsResolver {

    /** TXT records, each with its strings put together (RFC 7208, 3.3). */
    List<String> txt(String name) throws Unavailable;

    /** Names of the hosts that take mail for a domain, most wanted first; "." for a domain that takes none (RFC 7505). */
    List<String> mx(String name) throws Unavailable;

    /** IPv4 and IPv6 addresses. */
    List<InetAddress> addresses(String name) throws Unavailable;

    /** The DNS gave no answer, so nothing is known. */
    class Unavailable extends Exception {
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message);
        }
    }
}
