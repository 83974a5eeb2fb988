package io.perennial.delivery.returns;

import io.perennial.delivery.MessageTokens;
import io.perennial.delivery.MessageTokens.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Finds which message a mail is about: by the address it came to, else by what it quotes. All of these are signed, so
 * that nobody can make us believe anything about a message that was not mailed to them.
 */
@Component
class TokenFinder {

    /** A local part of ours, or a Message-ID's. */
    private static final Pattern TOKEN =
            Pattern.compile("(?<![A-Za-z0-9-])((?:b-)?[a-z2-7]{29,36})(?:@|=40)", Pattern.CASE_INSENSITIVE);

    private static final List<String> DELIVERED = List.of(
            "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "received");
    private static final List<String> QUOTED =
            List.of("return-path", "message-id", "list-unsubscribe", "x-failed-return");
    private static final int MOST = 60;

    private final MessageTokens tokens;

    TokenFinder(MessageTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * @param named the message, if a good token was found
     * @param forged whether instead there was something that looks like a token and is none
     */
    record Found(Optional<Named> named, boolean forged) {}

    Found find(List<String> recipients, ReturnedMail mail) {
        List<String> places = new ArrayList<>(recipients);
        DELIVERED.forEach(name -> places.addAll(mail.head().all(name)));
        MailFields feedback = mail.feedback();
        if (feedback != null) {
            places.addAll(feedback.all("original-mail-from"));
            places.addAll(feedback.all("original-envelope-id"));
        }
        mail.status().forEach(part -> places.addAll(part.all("original-envelope-id")));
        QUOTED.forEach(name -> places.addAll(mail.original().all(name)));
        places.addAll(mail.head().all("in-reply-to"));
        places.addAll(mail.head().all("references"));
        places.add(mail.originalText());
        places.add(mail.text());
        return find(places);
    }

    Found find(List<String> places) {
        boolean forged = false;
        int tried = 0;
        for (String place : places) {
            Matcher matcher = TOKEN.matcher(place);
            while (matcher.find() && tried++ < MOST) {
                Optional<Named> named = tokens.ofLocalPart(matcher.group(1));
                if (named.isPresent()) {
                    return new Found(named, false);
                }
                forged |= tokens.looksOurs(matcher.group(1));
            }
            Optional<Named> linked = tokens.ofLinkIn(place);
            if (linked.isPresent()) {
                return new Found(linked, false);
            }
        }
        return new Found(Optional.empty(), forged);
    }
}
