package io.perennial.delivery;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentState;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.Evidence;
import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.delivery.MessageEvents.Kind;
import io.perennial.delivery.MessageEvents.Origin;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What customers do with the links of their mails. The signed token is the authority for all of it: it names the tenant
 * and the message, and nothing else can be reached by it. Every method answers empty where the token is not one that was
 * signed here for that purpose.
 */
@Service
public class CustomerResponses {

    private final LinkSigner signer;
    private final CustomerLinks links;
    private final MessageEvents messages;
    private final RunLinks runLinks;
    private final ConsentService consent;
    private final Businesses businesses;
    private final PageLooks looks;
    private final TransactionTemplate transaction;

    CustomerResponses(
            LinkSigner signer,
            CustomerLinks links,
            MessageEvents messages,
            RunLinks runLinks,
            ConsentService consent,
            Businesses businesses,
            PageLooks looks,
            PlatformTransactionManager transactions) {
        this.signer = signer;
        this.links = links;
        this.messages = messages;
        this.runLinks = runLinks;
        this.consent = consent;
        this.businesses = businesses;
        this.looks = looks;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What the pages show.
     *
     * @param address shortened, as a link may be forwarded
     * @param topic name of what the mail was about; empty where it had no topic
     * @param topics all that can be chosen; empty for somebody who was erased
     * @param locale the customer's language, else the business's, else English
     */
    public record Page(
            String business,
            String address,
            @Nullable String topic,
            List<Choice> topics,
            String preferencesLink,
            Locale locale,
            PageLook look) {}

    /** A topic and whether the customer gets it. */
    public record Choice(String code, String name, @Nullable String description, boolean chosen) {}

    /**
     * Where a link of a mail leads.
     *
     * @param visit kept beside the message; it changes nothing else
     */
    public Optional<String> click(String token, Visit visit) {
        return within(Purpose.CLICK, token, (origin, read) -> {
            Optional<String> url = runLinks.find(read.tenant().value(), origin.run(), read.link());
            if (url.isPresent()) {
                messages.visited(origin, Kind.CLICK, visit, read.link());
            }
            return url;
        });
    }

    /** Keeps that a mail's pixel was fetched; whether the token was good. */
    public boolean open(String token, Visit visit) {
        return within(Purpose.OPEN, token, (origin, read) -> {
                    messages.visited(origin, Kind.OPEN, visit, null);
                    return Optional.of(true);
                })
                .orElse(false);
    }

    /** The page that asks before unsubscribing. Changes nothing. */
    public Optional<Page> unsubscribePage(String token) {
        return within(Purpose.UNSUBSCRIBE, token, (origin, read) -> Optional.of(page(origin)));
    }

    /**
     * Unsubscribes from the topic of the mail, or from all where it had none. Repeating it is harmless.
     *
     * @param all whether from all topics in any case
     * @param how for the evidence, for instance "one-click"
     */
    public Optional<Page> unsubscribe(String token, boolean all, String how, @Nullable String userAgent) {
        return within(Purpose.UNSUBSCRIBE, token, (origin, read) -> {
            if (origin.known()) { // else erased meanwhile: gets no mail any more, which is what was asked for
                withdraw(origin, all, how);
            }
            messages.add(origin, Kind.UNSUBSCRIBE, Verdict.HUMAN, null, userAgent);
            return Optional.of(page(origin));
        });
    }

    private void withdraw(Origin origin, boolean all, String how) {
        Evidence evidence = evidence(origin, how);
        String topic = origin.topic();
        boolean known = topic != null
                && consent.preferences(origin.customer()).stream()
                        .anyMatch(state -> state.topic().code().equals(topic));
        if (all || topic == null || !known) {
            consent.unsubscribeAll(origin.customer(), evidence);
        } else {
            consent.changeByCustomer(origin.customer(), topic, false, evidence);
        }
    }

    private static Evidence evidence(Origin origin, String how) {
        return new Evidence("Mail " + origin.message() + ", " + how, origin.title());
    }

    private Page page(Origin origin) {
        List<ConsentState> states = origin.known() ? consent.preferences(origin.customer()) : List.of();
        List<Choice> choices = states.stream()
                .map(state -> new Choice(
                        state.topic().code(),
                        state.topic().name(),
                        state.topic().description(),
                        state.status() != ConsentStatus.WITHDRAWN))
                .toList();
        String topic = choices.stream()
                .filter(choice -> choice.code().equals(origin.topic()))
                .map(Choice::name)
                .findFirst()
                .orElse(null);
        Business business = businesses.current();
        return new Page(
                business.name(),
                shortened(origin.email()),
                topic,
                choices,
                links.preferences(CurrentTenant.require(), origin.message()),
                CustomerLanguages.of(origin.locale(), business.locale()),
                looks.current());
    }

    static String shortened(String email) {
        int at = email.lastIndexOf('@');
        return email.charAt(0) + "…" + email.substring(Math.max(at, 1));
    }

    private <T> Optional<T> within(Purpose purpose, String token, BiFunction<Origin, LinkToken, Optional<T>> work) {
        return signer.read(purpose, token)
                .flatMap(read -> CurrentTenant.asTenant(
                        read.tenant(),
                        () -> transaction.execute(status ->
                                messages.origin(read.message()).flatMap(origin -> work.apply(origin, read)))));
    }
}
