package io.perennial.delivery.returns;

import io.perennial.accounts.ActingAs;
import io.perennial.delivery.MessageTokens.Named;
import io.perennial.delivery.ReturnsProperties;
import io.perennial.delivery.returns.ReturnedMailReader.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a mail that came in, from wherever, and does what it asks for. Taking it again changes nothing, so whoever hands
 * it over may do so once more after a fault. Only a fault of the database comes out as an exception.
 */
@Component
class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final int TRIES = 4;

    private final TokenFinder tokens;
    private final ReturnLedger ledger;
    private final Quarantine quarantine;
    private final ReturnSources sources;
    private final ReturnsProperties properties;
    private final TransactionTemplate transaction;

    Intake(
            TokenFinder tokens,
            ReturnLedger ledger,
            Quarantine quarantine,
            ReturnSources sources,
            ReturnsProperties properties,
            PlatformTransactionManager transactions) {
        this.tokens = tokens;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.sources = sources;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    enum Outcome {
        COUNTED,
        REPEATED,
        IGNORED,
        FORGED,
        QUARANTINED
    }

    /**
     * @param recipients the envelope's, where they are known
     * @throws org.springframework.dao.DataAccessException if it could not be kept: nothing has changed
     */
    Outcome take(byte[] mail, List<String> recipients, ReturnSource source) {
        for (int attempt = 1; ; attempt++) {
            try {
                Outcome outcome = judgeWhateverItIs(mail, recipients, source);
                sources.count(source, outcome);
                return outcome;
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** A mail that its server announces and cannot hand over: kept as nothing but that. */
    void unfetchable(String why, long number) {
        byte[] stand = ("Mail " + number + " of the mailbox: " + why).getBytes(StandardCharsets.UTF_8);
        quarantined(Quarantine.NOBODY, QuarantineReason.MALFORMED, why, ReturnSource.MAILBOX, List.of(), stand);
        sources.count(ReturnSource.MAILBOX, Outcome.QUARANTINED);
    }

    /** A fault of ours that one mail brings to light must not hold up those behind it. */
    private Outcome judgeWhateverItIs(byte[] mail, List<String> recipients, ReturnSource source) {
        try {
            return judge(mail, recipients, source);
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            log.error("A mail that came in could not be dealt with and is kept aside", e);
            return quarantined(
                    Quarantine.NOBODY, QuarantineReason.MALFORMED, "Unexpected: " + e, source, recipients, mail);
        }
    }

    private Outcome judge(byte[] mail, List<String> recipients, ReturnSource source) {
        ReturnedMail read;
        try {
            read = ReturnedMailReader.read(mail);
        } catch (Unreadable e) {
            long whose =
                    tokens.find(recipients).named().map(n -> n.tenant().value()).orElse(Quarantine.NOBODY);
            return quarantined(
                    whose, QuarantineReason.MALFORMED, String.valueOf(e.getMessage()), source, recipients, mail);
        }
        TokenFinder.Found found = tokens.find(recipients, read);
        Finding finding = Classifier.of(read, atComplaints(recipients, read));
        Optional<Named> named = found.named();
        if (named.isEmpty()) {
            if (finding.kind() == ReturnKind.AUTO_REPLY || finding.kind() == ReturnKind.NOTICE) {
                return Outcome.IGNORED;
            }
            if (found.forged()) {
                log.warn("A mail from {} names a message with a false signature: ignored", finding.reporter());
                quarantined(Quarantine.NOBODY, QuarantineReason.FORGED, finding.diagnostic(), source, recipients, mail);
                return Outcome.FORGED;
            }
            return quarantined(
                    Quarantine.NOBODY, QuarantineReason.NAMELESS, finding.diagnostic(), source, recipients, mail);
        }
        return about(named.get(), finding, source, recipients, mail);
    }

    private Outcome about(Named named, Finding finding, ReturnSource source, List<String> recipients, byte[] mail) {
        if (finding.kind() == ReturnKind.OTHER) {
            return quarantined(
                    named.tenant().value(), QuarantineReason.NO_REPORT, finding.diagnostic(), source, recipients, mail);
        }
        if (!finding.kind().isKept()) {
            return Outcome.IGNORED;
        }
        ReturnLedger.Recorded recorded = ActingAs.system(
                named.tenant(), () -> transaction.execute(status -> ledger.record(named.message(), finding)));
        return switch (recorded) {
            case FIRST -> {
                ReturnMeters.count(finding.kind());
                yield Outcome.COUNTED;
            }
            case REPEATED -> Outcome.REPEATED;
            case UNKNOWN -> Outcome.IGNORED;
        };
    }

    private Outcome quarantined(
            long tenant, QuarantineReason reason, String detail, ReturnSource source, List<String> to, byte[] mail) {
        quarantine.keep(tenant, reason, detail, source, to, mail);
        return Outcome.QUARANTINED;
    }

    private boolean atComplaints(List<String> recipients, ReturnedMail mail) {
        return recipients.stream().anyMatch(this::isForComplaints)
                || properties.complaints().stream()
                        .anyMatch(address -> mail.head()
                                .first("to")
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains(address));
    }

    /** Whether an address is one of those that take reports of feedback loops. */
    boolean isForComplaints(String address) {
        return properties.complaints().stream().anyMatch(address::equalsIgnoreCase);
    }

    /** Whether an address names a message by a good signature. */
    boolean isOurs(String address) {
        int at = address.lastIndexOf('@');
        return at > 0
                && tokens.find(List.of(address.substring(0, at) + "@")).named().isPresent();
    }
}
