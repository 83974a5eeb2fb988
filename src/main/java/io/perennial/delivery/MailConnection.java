package io.perennial.delivery;

import io.perennial.delivery.sender.Domains;
import java.util.List;

/** The narrow door to a mail server. Used by one thread at a time; opens and reopens its connection by itself. */
interface MailConnection extends AutoCloseable {

    /** Hands over messages in their order, as far as the course lets it. */
    void send(List<Parcel> parcels, Course course);

    /** Ends the connection if it was not used for a while. */
    void closeIfIdle();

    @Override
    void close();

    /** Ends what another thread waits for just now: to that it is as if the server had gone. */
    void abandon();

    /** Where a message comes from and goes to, as servers see it. */
    record Envelope(String from, String to) {

        /** Domains travel in punycode: so only a local part that is not ASCII needs a server that knows SMTPUTF8. */
        public Envelope {
            from = Domains.asciiDomain(from);
            to = Domains.asciiDomain(to);
        }
    }

    /**
     * Ready to travel.
     *
     * @param bytes hold the content, from {@code from}, {@code length} long; its lines end with CRLF, also the last; none
     *     begins with a dot
     */
    record Parcel(Envelope envelope, byte[] bytes, int from, int length) {

        Parcel(Envelope envelope, byte[] content) {
            this(envelope, content, 0, content.length);
        }
    }

    /** Decides how far sending goes, and learns what came of it. Messages are named by their place in the list. */
    interface Course {

        /** Whether to begin with this message. Asked before anything about it is said to the server. */
        boolean mayBegin(int message);

        /**
         * Whether the content of this message may go. Asked when the server has taken sender and recipient and waits for
         * it; if not, the connection is ended, so that the server drops what it knows, and nothing more is sent.
         */
        boolean mayTransmit(int message);

        /** Takes the answer for a message; gives whether to go on. Each message begun gets one, unless not transmitted. */
        boolean answered(int message, Answer answer);
    }
}
