package io.perennial.support;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;

/** All that is logged while it is open, as the console writes it: in the plain format and in the structured one. */
public final class CapturedLog implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    public CapturedLog() {
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
    }

    /** As our own code said it, before anything was masked. */
    public List<String> ours() {
        return events.stream()
                .filter(event -> event.getLoggerName().startsWith("io.perennial"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    public String plain() {
        return text(((ConsoleAppender<ILoggingEvent>) root.getAppender("CONSOLE")).getEncoder());
    }

    /** Elastic Common Schema: one object of JSON a line. */
    public String structured() {
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        return text(encoder);
    }

    private String text(Encoder<ILoggingEvent> encoder) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(new String(encoder.encode(event), StandardCharsets.UTF_8)));
        return text.toString();
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
