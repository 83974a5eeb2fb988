package io.perennial.delivery.returns;

import io.perennial.delivery.ReturnsProperties.Mailbox;
import io.perennial.delivery.ReturnsProperties.Protocol;
import io.perennial.delivery.ReturnsProperties.Security;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One visit to the mailbox, by IMAP or POP3. */
final class ReturnMailbox implements AutoCloseable {

    private final Mailbox settings;
    private final Store store;
    private final Folder folder;
    private final @Nullable Folder handled;

    private ReturnMailbox(Mailbox settings, Store store) throws MessagingException {
        this.settings = settings;
        this.store = store;
        boolean imap = settings.protocol() == Protocol.IMAP;
        folder = store.getFolder(imap ? settings.folder() : "INBOX");
        folder.open(Folder.READ_WRITE);
        String to = settings.handledFolder();
        handled = imap && to != null && !to.isBlank() ? store.getFolder(to) : null;
        if (handled != null && !handled.exists()) {
            handled.create(Folder.HOLDS_MESSAGES);
        }
    }

    static ReturnMailbox open(Mailbox settings, @Nullable SSLSocketFactory trust) throws MessagingException {
        boolean tls = settings.security() == Security.TLS;
        String protocol = (settings.protocol() == Protocol.IMAP ? "imap" : "pop3") + (tls ? "s" : "");
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        String wait = Long.toString(settings.timeout().toMillis());
        properties.setProperty(prefix + "connectiontimeout", wait);
        properties.setProperty(prefix + "timeout", wait);
        properties.setProperty(prefix + "writetimeout", wait);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "peek", "true");
        if (settings.security() == Security.STARTTLS) {
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required", "true");
        }
        if (trust != null) {
            properties.put(prefix + "ssl.socketFactory", trust);
        }
        Session session = Session.getInstance(properties);
        Store store = session.getStore(protocol);
        store.connect(
                settings.host(), settings.port() == 0 ? -1 : settings.port(), settings.username(), settings.password());
        try {
            return new ReturnMailbox(settings, store);
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    /** The mails there are, the oldest first, at most so many. */
    Message[] messages(int most) throws MessagingException {
        Message[] messages = folder.getMessages(1, Math.min(most, folder.getMessageCount()));
        if (folder instanceof UIDFolder && settings.protocol() == Protocol.IMAP) {
            FetchProfile numbers = new FetchProfile();
            numbers.add(UIDFolder.FetchProfileItem.UID);
            folder.fetch(messages, numbers);
        }
        return messages;
    }

    /** Of the numbering of mails; 0 where there is none. */
    long validity() throws MessagingException {
        return settings.protocol() == Protocol.IMAP && folder instanceof UIDFolder numbered
                ? numbered.getUIDValidity()
                : 0;
    }

    /** Grows from mail to mail; 0 where there is no numbering. */
    long number(Message message) throws MessagingException {
        return settings.protocol() == Protocol.IMAP && folder instanceof UIDFolder numbered
                ? numbered.getUID(message)
                : 0;
    }

    /** The mail, or its beginning where it is too long. */
    byte[] content(Message message) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
        message.writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                if (out.size() < settings.maxSize()) {
                    out.write(b);
                }
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                out.write(bytes, from, Math.max(0, Math.min(length, settings.maxSize() - out.size())));
            }
        });
        return out.toByteArray();
    }

    /** Whether the server still answers: then what went wrong is one mail's. */
    boolean isAlive() {
        return store.isConnected() && folder.isOpen();
    }

    /** It is not wanted any more: moved or deleted, with the next {@link #tidy} or at the end. */
    void done(Message message) throws MessagingException {
        if (handled != null) {
            folder.copyMessages(new Message[] {message}, handled);
        }
        message.setFlag(Flags.Flag.DELETED, true);
    }

    /** Ends, and what is done goes. With POP3 that is the only moment at which anything goes. */
    void tidy() throws MessagingException {
        folder.close(true);
    }

    /** How long a visit may take before another node may come. */
    static Duration lease(Mailbox settings) {
        return settings.timeout().multipliedBy(4).plusMinutes(2);
    }

    @Override
    public void close() throws MessagingException {
        if (folder.isOpen()) {
            folder.close(true);
        }
        store.close();
    }
}
