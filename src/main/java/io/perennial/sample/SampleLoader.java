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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
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
    private final JdbcClient jdbc;
    private final List<SampleChapter> chapters;
    private volatile boolean running;

    SampleLoader(Businesses businesses, StaffAccounts accounts, JdbcClient jdbc, List<SampleChapter> chapters) {
        this.businesses = businesses;
        this.accounts = accounts;
        this.jdbc = jdbc;
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
        Instant begin = Instant.now();
        Map<SampleBusiness, TenantId> missing = new LinkedHashMap<>();
        SampleBusiness.all().stream()
                .filter(sample -> !isComplete(sample))
                .forEach(sample -> missing.put(sample, create(sample)));
        if (missing.isEmpty()) {
            return;
        }
        log.info("Loading {} sample businesses (first start only)", missing.size());
        loadSideBySide(missing);
        missing.forEach((sample, tenant) -> {
            load(sample, tenant, chapter -> !chapter.mayRunBeside());
            hire(sample, tenant);
        });
        log.info(
                "Loaded the sample businesses in {} s",
                Duration.between(begin, Instant.now()).toMillis() / 1_000.0);
    }

    private TenantId create(SampleBusiness sample) {
        TenantId tenant = businesses.all().stream()
                .filter(id -> businesses.require(id).name().equals(sample.name()))
                .findFirst()
                .orElseGet(() -> businesses.create(
                        sample.name(), sample.country(), sample.locale(), sample.zone(), sample.currency()));
        ActingAs.system(tenant, () -> businesses.update(settings(tenant, sample)));
        return tenant;
    }

    private void loadSideBySide(Map<SampleBusiness, TenantId> missing) {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) { // more would only wait for the database
            List<Future<?>> all = new ArrayList<>();
            missing.forEach(
                    (sample, tenant) -> all.add(two.submit(() -> load(sample, tenant, SampleChapter::mayRunBeside))));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A sample business could not be loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the sample businesses were loaded", e);
        }
    }

    private void load(SampleBusiness sample, TenantId tenant, Predicate<SampleChapter> which) {
        ActingAs.system(tenant, () -> chapters.stream().filter(which).forEach(chapter -> chapter.load(sample)));
    }

    private void hire(SampleBusiness sample, TenantId tenant) {
        for (SampleBusiness.Colleague colleague : sample.staff().reversed()) { // the owner, who marks it complete, last
            long account = accounts.ensureAccount(
                    new EmailAddress(colleague.email()), colleague.name(), SampleBusiness.PASSWORD);
            accounts.addMember(tenant, account, colleague.role());
            if (colleague.operator()) {
                jdbc.sql("UPDATE staff_account SET operator = TRUE WHERE id = ?")
                        .param(account)
                        .update();
            }
        }
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
