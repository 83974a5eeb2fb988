package io.perennial.delivery;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.ConsentRequest;
import io.perennial.customers.ConsentRequests;
import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Signing up for a business's mails on its public page, and confirming it. What the page answers does not depend on
 * whether an address is known, suppressed or erased, and the mail goes out on another thread, so time tells nothing either.
 */
@Service
public class SignUps {

    private final LinkSigner signer;
    private final CustomerLinks links;
    private final ConsentRequests requests;
    private final Businesses businesses;
    private final PageLooks looks;
    private final SignUpThrottle throttle;
    private final ConfirmationMailer mailer;

    SignUps(
            LinkSigner signer,
            CustomerLinks links,
            ConsentRequests requests,
            Businesses businesses,
            PageLooks looks,
            SignUpThrottle throttle,
            ConfirmationMailer mailer) {
        this.signer = signer;
        this.links = links;
        this.requests = requests;
        this.businesses = businesses;
        this.looks = looks;
        this.throttle = throttle;
        this.mailer = mailer;
    }

    /** What the page with the form shows. */
    public record Form(String business, PageLook look, List<ConsentRequest.Wanted> topics, Locale locale) {}

    /** What the page shows that a confirmation mail leads to, before and after its button. */
    public record Confirmation(
            String business,
            PageLook look,
            String address,
            List<ConsentRequest.Wanted> topics,
            boolean done,
            @Nullable String preferences,
            Locale locale) {}

    /**
     * What is left to say of a request that expired.
     *
     * @param join where to sign up again; nothing where the business closed that page
     */
    public record Expired(
            String business, PageLook look, @Nullable String join) {}

    /** What became of a sign-up. */
    public enum Answer {
        /** Taken, whatever that means for this address. */
        THANKS,
        /** What was typed is no address; nothing was kept. */
        NO_ADDRESS,
        /** Too many from one place; nothing was kept. */
        TOO_MANY
    }

    /** The public address of the sign-up page of the current business, open or not. */
    @PreAuthorize("hasAuthority('settings:read')")
    public String address() {
        return links.join(CurrentTenant.require());
    }

    /** Why the page cannot be opened: no mail could be sent. */
    @PreAuthorize("hasAuthority('settings:read')")
    public Optional<String> hindrance() {
        return mailer.hindrance();
    }

    /** Changes nothing. Empty where the link was not signed here or the page is closed. */
    public Optional<Form> form(String token, Locale locale) {
        return within(
                Purpose.JOIN,
                token,
                read -> looks.read().signUp()
                        ? Optional.of(new Form(
                                businesses.current().name(), looks.current(), requests.offered(locale), locale))
                        : Optional.empty());
    }

    /**
     * Takes a sign-up.
     *
     * @param network the caller's address, of which only the beginning is kept
     * @param trap what was typed into the field that people do not see
     */
    public Optional<Answer> signUp(
            String token,
            String email,
            @Nullable String firstName,
            Set<String> topics,
            Locale locale,
            String network,
            @Nullable String trap) {
        return within(Purpose.JOIN, token, read -> {
            PageLooks.Setting setting = looks.read();
            if (!setting.signUp()) {
                return Optional.empty();
            }
            Optional<EmailAddress> address = EmailAddress.parse(email);
            if (address.isEmpty()) {
                return Optional.of(Answer.NO_ADDRESS);
            }
            if (!throttle.mayPass(read.tenant(), network)) {
                return Optional.of(Answer.TOO_MANY);
            }
            if (trap == null || trap.isBlank()) {
                requests.askedFor(
                        address.get(),
                        name(firstName),
                        topics,
                        locale,
                        SignUpThrottle.shortened(network),
                        setting.confirmed());
            }
            return Optional.of(Answer.THANKS);
        });
    }

    /** Changes nothing; empty once the request expired. */
    public Optional<Confirmation> confirmation(String token) {
        return within(
                Purpose.CONFIRM, token, read -> requests.find(read.message()).map(this::shown));
    }

    /** Whose link it was, for one that was signed here and whose request expired; empty for any other. */
    public Optional<Expired> expired(String token) {
        return within(
                Purpose.CONFIRM,
                token,
                read -> Optional.of(new Expired(
                        businesses.current().name(),
                        looks.current(),
                        looks.read().signUp() ? links.join(read.tenant()) : null)));
    }

    /** The owner of the address confirms. Repeating it is harmless. */
    public Optional<Confirmation> confirm(String token) {
        return within(
                Purpose.CONFIRM, token, read -> requests.confirm(read.message()).map(this::shown));
    }

    private Confirmation shown(ConsentRequest request) {
        CustomerId customer = request.customer();
        boolean done = request.confirmedAt() != null;
        Business business = businesses.current();
        return new Confirmation(
                business.name(),
                looks.current(),
                CustomerResponses.shortened(request.email()),
                request.topics(),
                done,
                done && customer != null ? links.preferencesOf(business.id(), customer) : null,
                request.language());
    }

    /** One line, and nothing that could pass for a link in a mail to somebody else. */
    private static @Nullable String name(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String clean = typed.replaceAll("[\\p{Cntrl}<>/:@]", " ").strip().replaceAll("\\s+", " ");
        return clean.isEmpty() ? null : clean.substring(0, Math.min(clean.length(), 60));
    }

    private <T> Optional<T> within(Purpose purpose, String token, Function<LinkToken, Optional<T>> work) {
        return signer.read(purpose, token)
                .flatMap(read -> CurrentTenant.asTenant(read.tenant(), () -> work.apply(read)));
    }
}
