package io.perennial.customers.imports;

import io.perennial.customers.SuppressionReason;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words by which files of all sorts say what somebody decided, or why an address is not to be mailed. */
final class Decisions {

    enum Consent {
        GRANTED,
        WITHDRAWN,
        /** Asked and not confirmed. */
        PENDING
    }

    private static final Map<Consent, Set<String>> CONSENTS = Map.of(
            Consent.GRANTED,
            words(
                    "granted yes y true 1 optin optedin subscribed subscribe agreed agree consented given active confirmed on x "
                            + "ano souhlasi udelen udeleno prihlasen tak t zgoda udzielona udzielono zapisany da dan dano privola "
                            + "prijavljen co dongy dadongy dangky ja j erteilt zugestimmt angemeldet"),
            Consent.WITHDRAWN,
            words(
                    "withdrawn no n false 0 optout optedout unsubscribed unsubscribe revoked declined refused inactive off "
                            + "ne nesouhlasi odvolan odvolano odhlasen nie wycofana wycofano wypisany povucen povuceno odjavljen "
                            + "khong khongdongy dahuy huy huydangky nein widerrufen abgemeldet abgelehnt"),
            Consent.PENDING,
            words(
                    "pending unconfirmed notconfirmed waiting awaiting doubleoptin ceka cekajici nepotvrzen nepotvrzeno oczekuje "
                            + "oczekujaca niepotwierdzona nacekanju nepotvrdeno choxacnhan chuaxacnhan ausstehend unbestatigt"));

    private static final Map<SuppressionReason, Set<String>> REASONS = Map.of(
            SuppressionReason.UNSUBSCRIBED,
            words(
                    "unsubscribed unsubscribe optout optedout left withdrawn odhlasen odhlaseno wypisany wypisano odjavljen "
                            + "odjavljeno huydangky dahuy abgemeldet"),
            SuppressionReason.BOUNCED,
            words("bounced bounce hardbounce hard cleaned invalid undeliverable nedorucitelne nedoruceno odbity odbita "
                    + "niedoreczono nedostavljivo bitralai khongguiduoc unzustellbar"),
            SuppressionReason.COMPLAINED,
            words(
                    "complained complaint spam spamcomplaint abuse reported stiznost skarga prituzba khieunai beschwerde"),
            SuppressionReason.MANUAL,
            words(
                    "manual blocked blocklist blacklist donotmail donotcontact suppressed staff other rucne recznie rucno "
                            + "thucong manuell gesperrt"));

    private Decisions() {}

    /** What a cell says was decided; nothing where no such word is known. */
    static @Nullable Consent consent(String text) {
        return find(CONSENTS, text);
    }

    /** Why an address is not to be mailed; nothing where no such word is known. */
    static @Nullable SuppressionReason reason(String text) {
        return find(REASONS, text);
    }

    private static <T> @Nullable T find(Map<T, Set<String>> all, String text) {
        String word = ImportWords.plain(text);
        return all.entrySet().stream()
                .filter(e -> e.getValue().contains(word))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(" ")).collect(Collectors.toUnmodifiableSet());
    }
}
