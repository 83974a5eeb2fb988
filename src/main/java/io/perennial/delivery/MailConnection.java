package io.perennial.delivery;

/** The narrow door to a mail server. Used by one thread at a time; opens and reopens its connection by itself. */
interface MailConnection extends AutoCloseable {

    /**
     * Hands over one message and waits for the answer.
     *
     * @param beforeData called once when the server has taken sender and recipient, before it is asked to take the
     *     content; what it throws comes out of this method, and the content is then not sent
     */
    Answer send(Envelope envelope, byte[] content, Runnable beforeData);

    /** Ends the connection if it was not used for a while. */
    void closeIfIdle();

    @Override
    void close();

    /** Where a message comes from and goes to, as servers see it. */
    record Envelope(String from, String to) {}
}
