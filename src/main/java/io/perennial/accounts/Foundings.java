package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.Tokens;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How businesses are founded: by anybody with a mailbox, over a link that is mailed there, or by who has an account, at
 * once. Until the link is used there is neither a business nor a person, only the hash of the link for a day.
 *
 * @see <a href="../../../../../../docs/decisions/0111-founding-a-business.md">0111-founding-a-business.md</a>
 */
@Service
@TenantSql("Links to who has no business yet belong to no tenant.")
public class Foundings {

    public static final Duration HOLDS = Duration.ofHours(24);

    /** Mails to one address in {@link #HOLDS}, so that nobody's mailbox is filled by others. */
    private static final int MOST = 3;

    private static final Logger log = LoggerFactory.getLogger(Foundings.class);

    /**
     * What a mailed link leads to.
     *
     * @param used it has founded a business already
     * @param known this address has an account meanwhile, by an invitation for instance
     */
    public record Offer(EmailAddress email, boolean used, boolean known) {}

    /** A business just founded, and whose it is. */
    public record Founded(TenantId tenant, long owner, String name) {}

    private final JdbcClient jdbc;
    private final Businesses businesses;
    private final StaffAccounts accounts;
    private final Passwords passwords;
    private final FoundingMails mails;
    private final AuditLog audit;
    private final SignUpProperties settings;
    private final BootstrapProperties otherwise;
    private final TransactionTemplate transaction;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(500),
            Thread.ofPlatform().daemon().name("founding-", 1).factory());

    Foundings(
            JdbcClient jdbc,
            Businesses businesses,
            StaffAccounts accounts,
            Passwords passwords,
            FoundingMails mails,
            AuditLog audit,
            SignUpProperties settings,
            BootstrapProperties otherwise,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.businesses = businesses;
        this.accounts = accounts;
        this.passwords = passwords;
        this.mails = mails;
        this.audit = audit;
        this.settings = settings;
        this.otherwise = otherwise;
        this.transaction = transaction;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Whether founding is open here, and to which terms. */
    public SignUpProperties settings() {
        return settings;
    }

    /**
     * Mails a link, or to who has an account how to go on with it. Neither the answer nor its time tells which.
     *
     * @param wanted languages, the best first
     * @throws StaffRuleException if founding is closed here
     */
    public void ask(EmailAddress email, List<Locale> wanted) {
        requireOpen();
        Locale language = FoundingMails.language(wanted);
        try {
            threads.execute(() -> {
                try {
                    transaction.executeWithoutResult(status -> mail(email, language));
                } catch (RuntimeException e) {
                    log.warn("A link to found a business was not sent: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            log.warn("A link to found a business was not sent: too many at once");
        }
    }

    private void mail(EmailAddress email, Locale language) {
        forget();
        int mailed = jdbc.sql("SELECT COUNT(*) FROM founding WHERE email = ?")
                .param(email.value())
                .query(Integer.class)
                .single();
        if (mailed >= MOST) {
            return;
        }
        String token = Tokens.fresh();
        // Of who has an account too, though nobody gets that link: it counts their mails.
        jdbc.sql("INSERT INTO founding (token_hash, email, locale, created_at) VALUES (?, ?, ?, UTC_TIMESTAMP(6))")
                .params(Tokens.hash(token), email.value(), language.toLanguageTag())
                .update();
        if (accounts.find(email).isPresent()) {
            mails.sendKnown(email, language);
        } else {
            mails.sendLink(email, token, language);
        }
    }

    /** What this link leads to; empty if it is too old or never was one. Changes nothing. */
    @Transactional(readOnly = true)
    public Optional<Offer> find(String token) {
        return jdbc.sql("SELECT f.email, f.used_at IS NOT NULL AS used, "
                        + "EXISTS (SELECT 1 FROM staff_account a WHERE a.email = f.email) AS known FROM founding f "
                        + "WHERE f.token_hash = ? AND f.created_at > UTC_TIMESTAMP(6) - INTERVAL ? SECOND")
                .params(Tokens.hash(token), HOLDS.toSeconds())
                .query((rs, n) ->
                        new Offer(new EmailAddress(rs.getString(1)), rs.getBoolean("used"), rs.getBoolean("known")))
                .optional();
    }

    /** All links of an address: of two that are used at once, or of one that is clicked twice, one founds. */
    private void lock(EmailAddress email) {
        jdbc.sql("SELECT token_hash FROM founding WHERE email = ? ORDER BY email, created_at FOR UPDATE")
                .param(email.value())
                .query()
                .listOfRows();
    }

    /**
     * Makes the person and their business, once.
     *
     * @param wanted languages, by which its country and the like are guessed
     * @throws StaffRuleException if founding is closed, the link holds no more, the address has an account meanwhile, or
     *     a name or the password will not do; then nothing was made
     */
    @Transactional
    public Founded found(
            String token, String person, String password, String business, boolean termsAccepted, List<Locale> wanted) {
        requireOpen();
        find(token).ifPresent(each -> lock(each.email()));
        Offer offer = find(token)
                .filter(each -> !each.used() && !each.known())
                .orElseThrow(() -> new StaffRuleException(Rule.FOUNDING_OVER));
        String own = person.strip();
        if (own.isEmpty() || own.length() > 120) {
            throw new StaffRuleException(Rule.PERSON_NAME);
        }
        String name = requireName(business);
        passwords.requireStrong(password, offer.email(), own);
        requireTerms(termsAccepted);
        long owner = accounts.ensureAccount(offer.email(), own, password);
        TenantId tenant = create(name, owner, own, wanted);
        jdbc.sql("UPDATE founding SET used_at = UTC_TIMESTAMP(6) WHERE token_hash = ?")
                .param(Tokens.hash(token))
                .update();
        return new Founded(tenant, owner, name);
    }

    /**
     * Founds one more business, whose owner is the one signed in.
     *
     * @throws StaffRuleException if founding is closed here, or the name will not do
     */
    @Transactional
    @PreAuthorize("isAuthenticated()")
    public Founded foundAnother(String business, boolean termsAccepted, List<Locale> wanted) {
        requireOpen();
        StaffPrincipal founder = CurrentStaff.find().orElseThrow();
        String name = requireName(business);
        requireTerms(termsAccepted);
        return new Founded(create(name, founder.accountId(), founder.displayName(), wanted), founder.accountId(), name);
    }

    private TenantId create(String name, long owner, String person, List<Locale> wanted) {
        NewBusiness guess = NewBusiness.of(
                wanted,
                new NewBusiness(otherwise.country(), otherwise.locale(), otherwise.zone(), otherwise.currency()));
        TenantId tenant = businesses.create(name, guess.country(), guess.locale(), guess.zone(), guess.currency());
        accounts.addMember(tenant, owner, Role.OWNER);
        audit.recordBy(
                tenant,
                owner,
                person,
                StaffDeed.BUSINESS_FOUNDED,
                null,
                name,
                AuditChanges.none().and("accounts.terms", null, settings.termsUrl()));
        return tenant;
    }

    private void requireOpen() {
        if (!settings.enabled()) {
            throw new StaffRuleException(Rule.FOUNDING_CLOSED);
        }
    }

    private void requireTerms(boolean accepted) {
        if (settings.termsUrl() != null && !accepted) {
            throw new StaffRuleException(Rule.TERMS);
        }
    }

    private static String requireName(String business) {
        String name = business.strip();
        if (name.isEmpty() || name.length() > 120) {
            throw new StaffRuleException(Rule.BUSINESS_NAME);
        }
        return name;
    }

    /** Who never used their link leaves nothing behind. */
    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        jdbc.sql("DELETE FROM founding WHERE created_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND LIMIT 1000")
                .param(HOLDS.toSeconds())
                .update();
    }

    @PreDestroy
    void stop() {
        LastWork.end(threads, Duration.ofSeconds(8));
    }
}
