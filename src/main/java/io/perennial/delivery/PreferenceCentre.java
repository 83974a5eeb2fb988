package io.perennial.delivery;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.CustomerChoices;
import io.perennial.customers.Evidence;
import io.perennial.customers.TopicChoice;
import io.perennial.customers.TrackingChoices;
import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The page where a customer says what they want: topics, a pause, their language, whether they are looked at, or nothing
 * at all. The signed token is the authority: it names the tenant and a mail or a customer, and nothing else can be
 * reached by it. Answers empty where the token is not one that was signed here.
 */
@Service
public class PreferenceCentre {

    /** For how many days somebody may pause. */
    public static final List<Integer> PAUSES = List.of(7, 30, 90);

    private final LinkSigner signer;
    private final CustomerLinks links;
    private final MessageEvents messages;
    private final ConsentService consent;
    private final CustomerChoices choices;
    private final TrackingChoices tracking;
    private final TrackingSettings settings;
    private final Businesses businesses;
    private final PageLooks looks;
    private final TransactionTemplate transaction;

    PreferenceCentre(
            LinkSigner signer,
            CustomerLinks links,
            MessageEvents messages,
            ConsentService consent,
            CustomerChoices choices,
            TrackingChoices tracking,
            TrackingSettings settings,
            Businesses businesses,
            PageLooks looks,
            PlatformTransactionManager transactions) {
        this.signer = signer;
        this.links = links;
        this.messages = messages;
        this.consent = consent;
        this.choices = choices;
        this.tracking = tracking;
        this.settings = settings;
        this.businesses = businesses;
        this.looks = looks;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What the page shows.
     *
     * @param address shortened, as a link may be forwarded
     * @param topics all on offer; empty for somebody who is no customer any more
     * @param tracked whether the customer lets us see opens and clicks; nothing where the business does not look anyway
     * @param pausedUntil the day from which mails come again, in the business's zone
     * @param blocked whether this address gets no mails whatever is chosen here
     */
    public record Centre(
            String business,
            PageLook look,
            String address,
            List<Choice> topics,
            @Nullable Boolean tracked,
            @Nullable LocalDate pausedUntil,
            boolean blocked,
            String link,
            Locale locale) {}

    /** A topic, the exact text by which one agrees to it, and whether the customer gets it. */
    public record Choice(String code, String name, @Nullable String description, String wording, boolean chosen) {}

    /**
     * What somebody chose.
     *
     * @param tracked nothing where that was not asked
     * @param pauseDays one of {@link #PAUSES}, 0 to end a pause, nothing to leave it as it is
     * @param language nothing to leave it as it is
     */
    public record Wishes(
            Set<String> topics,
            @Nullable Boolean tracked,
            @Nullable Integer pauseDays,
            @Nullable String language) {}

    /** Whose page it is, and by which mail they came, if by one. */
    private record Visitor(
            CustomerId customer,
            boolean known,
            String email,
            @Nullable Locale locale,
            @Nullable Long message,
            String from) {}

    /** Changes nothing. */
    public Optional<Centre> page(String token) {
        return within(token, this::centre);
    }

    /** Saves what was chosen; without any topic it is {@link #leave}. */
    public Optional<Centre> save(String token, Wishes wishes) {
        return within(token, visitor -> {
            if (visitor.known()) {
                topics(visitor, wishes.topics());
                rest(visitor, wishes);
            }
            return centre(again(visitor));
        });
    }

    /** No more mails of any topic; the address is suppressed. Repeating it is harmless. */
    public Optional<Centre> leave(String token) {
        return within(token, visitor -> {
            if (visitor.known()) {
                consent.unsubscribeAll(visitor.customer(), evidence(visitor, null));
            }
            return centre(visitor);
        });
    }

    private void topics(Visitor visitor, Set<String> chosen) {
        List<TopicChoice> offered = choices.topics(visitor.customer(), locale(visitor));
        if (offered.stream().noneMatch(choice -> chosen.contains(choice.topic().code()))) {
            consent.unsubscribeAll(visitor.customer(), evidence(visitor, null));
            return;
        }
        for (TopicChoice choice : offered) {
            boolean granted = chosen.contains(choice.topic().code());
            consent.changeByCustomer(
                    visitor.customer(),
                    choice.topic().code(),
                    granted,
                    evidence(visitor, granted ? choice.wording() : null));
        }
    }

    private void rest(Visitor visitor, Wishes wishes) {
        if (wishes.tracked() != null) {
            tracking.changeByCustomer(visitor.customer(), wishes.tracked(), evidence(visitor, null));
        }
        Integer days = wishes.pauseDays();
        if (days != null && (days == 0 || PAUSES.contains(days))) {
            choices.pause(visitor.customer(), Duration.ofDays(days), evidence(visitor, null));
        }
        String language = wishes.language();
        if (language != null && CustomerLanguages.isWritten(language)) {
            choices.speak(visitor.customer(), language);
        }
    }

    private static Evidence evidence(Visitor visitor, @Nullable String wording) {
        return new Evidence(visitor.from(), wording);
    }

    private Locale locale(Visitor visitor) {
        Locale own = visitor.locale();
        return own == null ? choices.languageOf(null) : own;
    }

    private Centre centre(Visitor visitor) {
        Locale locale = locale(visitor);
        Business business = businesses.current();
        List<Choice> topics = !visitor.known()
                ? List.of()
                : choices.topics(visitor.customer(), locale).stream()
                        .map(PreferenceCentre::choice)
                        .toList();
        Optional<Instant> paused = visitor.known() ? choices.pausedUntil(visitor.customer()) : Optional.empty();
        Long message = visitor.message();
        return new Centre(
                business.name(),
                looks.current(),
                CustomerResponses.shortened(visitor.email()),
                topics,
                tracked(visitor),
                paused.map(until -> LocalDate.ofInstant(until, business.zone())).orElse(null),
                visitor.known() && choices.blocked(visitor.customer()).isPresent(),
                message != null
                        ? links.preferences(CurrentTenant.require(), message)
                        : links.preferencesOf(CurrentTenant.require(), visitor.customer()),
                locale);
    }

    private static Choice choice(TopicChoice choice) {
        return new Choice(
                choice.topic().code(),
                choice.topic().name(),
                choice.topic().description(),
                choice.wording(),
                choice.status() != ConsentStatus.WITHDRAWN);
    }

    private @Nullable Boolean tracked(Visitor visitor) {
        TrackingSettings.Setting setting = settings.of(CurrentTenant.require());
        return (!visitor.known() || (!setting.opens() && !setting.clicks()))
                ? null
                : tracking.isAllowed(visitor.customer());
    }

    /** In the language they may just have chosen. */
    private Visitor again(Visitor visitor) {
        return choices.reader(visitor.customer())
                .map(reader -> new Visitor(
                        visitor.customer(),
                        visitor.known(),
                        visitor.email(),
                        choices.languageOf(reader.locale()),
                        visitor.message(),
                        visitor.from()))
                .orElse(visitor);
    }

    private Optional<Visitor> ofMail(long message) {
        return messages.origin(message)
                .map(origin -> new Visitor(
                        origin.customer(),
                        origin.known(),
                        origin.email(),
                        choices.languageOf(origin.locale()),
                        message,
                        "Mail " + message + ", preferences page"));
    }

    private Optional<Visitor> ofCustomer(long customer) {
        return choices.reader(new CustomerId(customer))
                .map(reader -> new Visitor(
                        reader.id(),
                        true,
                        reader.email() == null ? "?" : reader.email(),
                        choices.languageOf(reader.locale()),
                        null,
                        "preferences page"));
    }

    private Optional<Centre> within(String token, Function<Visitor, Centre> work) {
        return signer.read(Purpose.PREFERENCES, token)
                .or(() -> signer.read(Purpose.CUSTOMER, token))
                .flatMap(read -> CurrentTenant.asTenant(
                        read.tenant(),
                        () -> transaction.execute(status -> (read.purpose() == Purpose.CUSTOMER
                                        ? ofCustomer(read.message())
                                        : ofMail(read.message()))
                                .map(work))));
    }
}
