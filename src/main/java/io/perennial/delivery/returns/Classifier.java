package io.perennial.delivery.returns;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a mail that came in is: a report by a server or a feedback loop, a bounce in plain words, or something else. */
final class Classifier {

    private static final Pattern BOUNCE_SUBJECT = Pattern.compile(
            "undeliver|delivery (?:status|failure|has failed|report|problem)|fail(?:ed|ure) (?:delivery|notice)"
                    + "|returned (?:mail|to sender)|mail delivery|could not be delivered|delayed|unzustellbar|nedoručiteln"
                    + "|niedostarcz|non remis|not delivered|warning: (?:message|could)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern MAILER =
            Pattern.compile("mailer-daemon|postmaster|mail delivery (?:sub)?system", Pattern.CASE_INSENSITIVE);
    private static final Pattern AWAY = Pattern.compile(
            "out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response|antwort)|away from|on vacation|abwesen"
                    + "|automatická odpověď|autoodpowiedź|nieobecn|trả lời tự động|automatski odgovor|mimo kancelář",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern DELAY = Pattern.compile(
            "delayed|will (?:be )?(?:retried|retry|keep trying|continue to)|still trying|not yet been delivered|"
                    + "do not need to (?:resend|do anything)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPED = Pattern.compile("^\\s*[\\w-]+\\s*;\\s*");

    private Classifier() {}

    /** @param atComplaints whether it came to an address that is for complaints alone */
    static Finding of(ReturnedMail mail, boolean atComplaints) {
        MailFields feedback = mail.feedback();
        if (feedback != null) {
            return feedback(feedback, mail);
        }
        List<MailFields> recipients = mail.status().stream()
                .filter(part -> part.has("action") || part.has("status"))
                .toList();
        if (!recipients.isEmpty()) {
            String reporter = mail.status().getFirst().first("reporting-mta");
            return recipients.stream()
                    .map(recipient -> status(recipient, mail.text(), untyped(reporter)))
                    .min(Comparator.comparing(Finding::kind)) // the gravest
                    .orElseThrow();
        }
        if (atComplaints && !mail.original().isEmpty()) {
            return new Finding(ReturnKind.COMPLAINT, "", "Reported as spam: " + subject(mail), from(mail));
        }
        if (isBounce(mail) && BounceRules.saysSomething(mail.text())) {
            return words(mail);
        }
        return new Finding(isAutomatic(mail) ? ReturnKind.AUTO_REPLY : ReturnKind.OTHER, "", subject(mail), from(mail));
    }

    private static Finding feedback(MailFields report, ReturnedMail mail) {
        String type = report.first("feedback-type").toLowerCase(Locale.ROOT);
        ReturnKind kind = switch (type) {
            case "not-spam", "auth-failure", "dmarc" -> ReturnKind.NOTICE;
            default -> ReturnKind.COMPLAINT;
        };
        String agent = report.first("user-agent");
        return new Finding(
                kind,
                "",
                "Feedback: " + (type.isEmpty() ? "abuse" : type) + (agent.isEmpty() ? "" : " (" + agent + ")"),
                Stream.of(untyped(report.first("reporting-mta")), report.first("source"), from(mail))
                        .filter(name -> name != null && !name.isBlank())
                        .findFirst()
                        .orElse(null));
    }

    private static Finding status(MailFields recipient, String text, String reporter) {
        String diagnostic = untyped(recipient.first("diagnostic-code"));
        String words = diagnostic.isBlank() ? text : diagnostic;
        String status = BounceRules.status(recipient.first("status"), diagnostic);
        String action = recipient.first("action").toLowerCase(Locale.ROOT);
        ReturnKind kind = switch (action) {
            case "delayed" -> ReturnKind.DELAYED;
            case "delivered", "relayed", "expanded" -> ReturnKind.DELIVERED;
            default -> BounceRules.kindOf(status, words);
        };
        String remote = untyped(recipient.first("remote-mta"));
        return new Finding(
                kind,
                status,
                diagnostic.isBlank() ? "Status " + status + ": " + Finding.oneLine(text, 300) : diagnostic,
                remote.isBlank() ? reporter : remote);
    }

    private static Finding words(ReturnedMail mail) {
        String text = mail.text();
        String status = BounceRules.status("", text);
        boolean delayed = DELAY.matcher(text).find() && !status.startsWith("5");
        ReturnKind kind = delayed ? ReturnKind.DELAYED : BounceRules.kindOf(status, text);
        return new Finding(kind, status, telling(text), from(mail));
    }

    /** The lines that say why: from the first with a code on, or all. */
    private static String telling(String text) {
        Matcher code = Pattern.compile("(?m)^.*(?:\\b[45]\\d\\d[ -]|\\b[45]\\.\\d{1,3}\\.\\d{1,3}).*$")
                .matcher(text);
        return code.find() ? text.substring(code.start()) : text;
    }

    private static boolean isBounce(ReturnedMail mail) {
        return mail.head().has("x-failed-recipients")
                || mail.head().first("content-type").toLowerCase(Locale.ROOT).contains("report-type=delivery-status")
                || MAILER.matcher(mail.head().first("from")).find()
                || (BOUNCE_SUBJECT.matcher(subject(mail)).find()
                        && !AWAY.matcher(subject(mail)).find());
    }

    private static boolean isAutomatic(ReturnedMail mail) {
        MailFields head = mail.head();
        String submitted = head.first("auto-submitted").toLowerCase(Locale.ROOT);
        String precedence = head.first("precedence").toLowerCase(Locale.ROOT);
        return (!submitted.isEmpty() && !submitted.startsWith("no"))
                || head.has("x-autoreply")
                || head.has("x-autorespond")
                || (head.has("x-auto-response-suppress")
                        && AWAY.matcher(subject(mail)).find())
                || precedence.equals("auto_reply")
                || precedence.equals("bulk")
                || precedence.equals("junk")
                || AWAY.matcher(subject(mail)).find();
    }

    private static String subject(ReturnedMail mail) {
        return EncodedWords.decode(mail.head().first("subject"));
    }

    private static @Nullable String from(ReturnedMail mail) {
        String from = mail.head().first("from");
        return from.isEmpty() ? null : EncodedWords.decode(from);
    }

    /** Without "smtp;", "dns;" and the like in front. */
    private static String untyped(String value) {
        return TYPED.matcher(value).replaceFirst("");
    }
}
