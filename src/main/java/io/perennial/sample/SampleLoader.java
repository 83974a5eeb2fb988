package io.perennial.sample;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Makes the sample businesses, before the first page is served. A business is complete once its staff can sign in, which
 * comes last; one that a killed start left half made is completed by the next.
 */
@Component
@ConditionalOnProperty("perennial.sample.enabled")
class SampleLoader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SampleLoader.class);

    private final Businesses businesses;
    private final StaffAccounts accounts;
    private final List<SampleChapter> chapters;
    private volatile boolean running;

    SampleLoader(Businesses businesses, StaffAccounts accounts, List<SampleChapter> chapters) {
        this.businesses = businesses;
        this.accounts = accounts;
        this.chapters = chapters;
    }

    /** Before the web server, which starts at the default phase less 1,024, and before Quartz. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1_000;
    }

    @Override
    public void start() {
        running = true;
        for (SampleBusiness sample : SampleBusiness.all()) {
            if (!isComplete(sample)) {
                load(sample);
            }
        }
    }

    private void load(SampleBusiness sample) {
        Instant begin = Instant.now();
        log.info("Loading the sample business {} (first start only)", sample.name());
        TenantId tenant = businesses.all().stream()
                .filter(id -> businesses.require(id).name().equals(sample.name()))
                .findFirst()
                .orElseGet(() -> businesses.create(
                        sample.name(), sample.country(), sample.locale(), sample.zone(), sample.currency()));
        ActingAs.system(tenant, () -> {
            businesses.update(settings(tenant, sample));
            chapters.forEach(chapter -> chapter.load(sample));
        });
        for (SampleBusiness.Colleague colleague : sample.staff().reversed()) { // the owner, who marks it complete, last
            long account = accounts.ensureAccount(
                    new EmailAddress(colleague.email()), colleague.name(), SampleBusiness.PASSWORD);
            accounts.addMember(tenant, account, colleague.role());
        }
        log.info(
                "Loaded {} in {} s",
                sample.name(),
                Duration.between(begin, Instant.now()).toMillis() / 1_000.0);
    }

    private boolean isComplete(SampleBusiness sample) {
        SampleBusiness.Colleague owner = sample.staff().getFirst();
        try {
            return accounts.loadUserByUsername(owner.email()).current().role() == Role.OWNER;
        } catch (UsernameNotFoundException e) {
            return false;
        }
    }

    private static Business settings(TenantId tenant, SampleBusiness sample) {
        return new Business(
                tenant,
                sample.name(),
                sample.country(),
                sample.locale(),
                sample.zone(),
                sample.currency(),
                sample.postalAddress(),
                sample.senderName(),
                sample.senderEmail(),
                null,
                "https://" + sample.key() + ".example");
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
