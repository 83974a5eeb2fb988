package io.perennial.customers;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.ConsentRequestStore.Asked;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Staff ask single customers for consent by mail; what those confirm is {@link ConsentRequests}'. Whoever said no, or may not
 * be mailed, is not asked.
 *
 * @see <a href="../../../../../docs/decisions/0210-double-opt-in.md">0210-double-opt-in.md</a>
 */
@Service
@Transactional
public class StaffConsentRequests {

    /** Days before a customer may be asked again. */
    static final int WAIT_DAYS = 7;

    /** Staff of one business ask so many people a day at most: it is for single customers, campaigns are for many. */
    private static final int MOST_A_DAY = 200;

    private final ConsentRequestStore requests;
    private final CustomerChoices choices;
    private final Suppressions suppressions;
    private final ObjectProvider<ConfirmationMails> mails;

    StaffConsentRequests(
            ConsentRequestStore requests,
            CustomerChoices choices,
            Suppressions suppressions,
            ObjectProvider<ConfirmationMails> mails) {
        this.requests = requests;
        this.choices = choices;
        this.suppressions = suppressions;
        this.mails = mails;
    }

    /**
     * Asks a customer for consent to all topics they were never asked about. The customer gets one mail.
     *
     * @throws CustomerNotFound if the current tenant has no such customer
     * @throws AskRefused if that is not allowed now
     */
    @PreAuthorize("hasAuthority('customer:write')")
    public void ask(CustomerId customer) {
        ConfirmationMails mailer = mails.getIfAvailable();
        if (mailer != null && mailer.hindrance().isPresent()) {
            throw new AskRefused(mailer.hindrance().get());
        }
        CustomerChoices.Reader reader = choices.reader(customer).orElseThrow(() -> new CustomerNotFound(customer));
        EmailAddress email = Optional.ofNullable(reader.email())
                .flatMap(EmailAddress::parse)
                .orElseThrow(() -> new AskRefused(AskRefused.Why.NO_ADDRESS));
        if (suppressions.entry(email).isPresent()) {
            throw new AskRefused(AskRefused.Why.SUPPRESSED);
        }
        Locale language = choices.languageOf(reader.locale());
        List<ConsentRequest.Wanted> wanted = neverAsked(choices.topics(customer, language));
        refuseTooOften(email);
        String by = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
        ConsentRequest request = requests.keep(Asked.byStaff(by, customer, email, language, wanted));
        if (!requests.plan(request.id())) {
            throw new AskRefused(AskRefused.Why.ASKED_LATELY);
        }
        if (mailer != null) {
            mailer.sendSoon(request);
        }
    }

    private static List<ConsentRequest.Wanted> neverAsked(List<TopicChoice> offered) {
        if (offered.stream().anyMatch(choice -> choice.status() == ConsentStatus.WITHDRAWN)) {
            throw new AskRefused(AskRefused.Why.SAID_NO);
        }
        List<ConsentRequest.Wanted> wanted = offered.stream()
                .filter(choice -> choice.status() == null)
                .map(choice -> new ConsentRequest.Wanted(
                        choice.topic().code(), choice.topic().name(), choice.wording()))
                .toList();
        if (wanted.isEmpty()) {
            throw new AskRefused(AskRefused.Why.NOTHING_TO_ASK);
        }
        return wanted;
    }

    private void refuseTooOften(EmailAddress email) {
        if (requests.wasMailedSince(email, Instant.now().minus(Duration.ofDays(WAIT_DAYS)))) {
            throw new AskRefused(AskRefused.Why.ASKED_LATELY);
        }
        if (requests.askedByStaffLately() >= MOST_A_DAY) {
            throw new AskRefused(AskRefused.Why.TOO_MANY);
        }
    }

    /** The open request of a customer, or the one confirmed lately. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Optional<ConsentRequest> of(EmailAddress email) {
        return requests.of(email);
    }
}
