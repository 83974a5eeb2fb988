package io.perennial.customers;

import io.perennial.customers.ConsentRequestStore.Asked;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Double opt-in: what somebody asked for waits until the owner of the address confirms it, and is forgotten after
 * fourteen days. Whether an address is known, suppressed or erased never shows to who asks: the same row is kept and the
 * same answer given, only no mail goes out.
 *
 * @see <a href="../../../../../docs/decisions/0210-double-opt-in.md">0210-double-opt-in.md</a>
 */
@Service
@Transactional
public class ConsentRequests {

    private final ConsentRequestStore requests;
    private final CustomersByAddress customers;
    private final ConsentTopics topics;
    private final ConsentWordings wordings;
    private final ConsentService consents;
    private final Suppressions suppressions;
    private final ObjectProvider<ConfirmationMails> mails;

    ConsentRequests(
            ConsentRequestStore requests,
            CustomersByAddress customers,
            ConsentTopics topics,
            ConsentWordings wordings,
            ConsentService consents,
            Suppressions suppressions,
            ObjectProvider<ConfirmationMails> mails) {
        this.requests = requests;
        this.customers = customers;
        this.topics = topics;
        this.wordings = wordings;
        this.consents = consents;
        this.suppressions = suppressions;
        this.mails = mails;
    }

    /** The topics on offer in a language, with the exact text of each. */
    public List<ConsentRequest.Wanted> offered(Locale language) {
        List<ConsentTopic> offered = topics.list();
        Map<String, TopicText> texts = wordings.texts(offered, language.getLanguage());
        return offered.stream()
                .map(topic -> {
                    TopicText text = texts.get(topic.code());
                    return new ConsentRequest.Wanted(
                            topic.code(),
                            CustomerChoices.shown(topic, text).name(),
                            text == null ? topic.name() : text.wording());
                })
                .toList();
    }

    /**
     * Anybody asked for mails to an address on a public page. Only where an address is new or has not said no, and the
     * business does not want confirmations, it counts at once.
     *
     * @param chosen codes of topics; those not on offer are left out, none chosen means all
     * @param network already shortened
     * @param confirmed whether the business wants every address confirmed
     */
    public void askedFor(
            EmailAddress email,
            @Nullable String firstName,
            Set<String> chosen,
            Locale language,
            @Nullable String network,
            boolean confirmed) {
        List<ConsentRequest.Wanted> wanted = offered(language).stream()
                .filter(topic -> chosen.isEmpty() || chosen.contains(topic.topic()))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        ConsentRequest request =
                requests.keep(new Asked(email, null, firstName, language, wanted, "sign-up page", network));
        Optional<SuppressionReason> suppressed = suppressions.entry(email).map(Suppression::reason);
        // A stranger's word is enough for an address that nobody has said anything about.
        boolean unheard = suppressed.isEmpty() && !customers.saidNo(email);
        if (!confirmed && !chosen.isEmpty() && unheard) {
            grant(request, false);
            return;
        }
        boolean mayBeMailed = suppressed.isEmpty() || suppressed.get() == SuppressionReason.UNSUBSCRIBED;
        if (mayBeMailed && requests.plan(request.id())) {
            mails.ifAvailable(mailer -> mailer.sendSoon(request));
        }
    }

    /** For the page that a confirmation mail leads to; empty once it expired. */
    @Transactional(readOnly = true)
    public Optional<ConsentRequest> find(long id) {
        return requests.find(id);
    }

    /**
     * The owner of the address confirmed: consent is recorded with the text shown, a customer made where there is none,
     * and their own earlier "no mails at all" or erasure undone. A bounce, a complaint or what staff decided stays.
     * Repeating it is harmless.
     */
    public Optional<ConsentRequest> confirm(long id) {
        Optional<ConsentRequest> open = requests.lock(id);
        open.filter(request -> request.confirmedAt() == null).ifPresent(request -> grant(request, true));
        return open.flatMap(request -> requests.find(id));
    }

    private void grant(ConsentRequest request, boolean byOwner) {
        boolean known = customers.find(request).isPresent();
        CustomerId customer = customers.require(request);
        String how = request.source() + ", " + request.askedAt().truncatedTo(ChronoUnit.MINUTES)
                + (request.network() == null ? "" : " from " + request.network())
                + (byOwner ? ", confirmed by mail" : "");
        for (ConsentRequest.Wanted wanted : request.topics()) {
            consents.changeByCustomer(customer, wanted.topic(), true, new Evidence(how, wanted.wording()));
        }
        if (!known) {
            leaveOut(customer, request.topics(), how + ", not chosen");
        }
        requests.confirmed(request.id(), customer);
    }

    /** Who bought may be mailed about what they never refused; who only signed up gets what they ticked, nothing else. */
    private void leaveOut(CustomerId customer, List<ConsentRequest.Wanted> chosen, String how) {
        Set<String> wanted = chosen.stream().map(ConsentRequest.Wanted::topic).collect(Collectors.toSet());
        topics.list().stream()
                .map(ConsentTopic::code)
                .filter(topic -> !wanted.contains(topic))
                .forEach(topic -> consents.changeByCustomer(customer, topic, false, Evidence.of(how)));
    }

    /** Takes a planned mail on; false where another thread or node has it, or none is planned. */
    public boolean takeOn(long id) {
        return requests.takeOn(id);
    }
}
