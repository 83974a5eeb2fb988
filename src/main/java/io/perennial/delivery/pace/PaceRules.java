package io.perennial.delivery.pace;

import io.perennial.delivery.ContactRules;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.QuietHours;
import io.perennial.delivery.RunId;
import io.perennial.delivery.SendingOutlook;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What other features may know of the pace. */
@Service
@PreAuthorize("hasAuthority('campaign:read')")
@TenantSql("Lists the runs under way; each statement names the current tenant.")
class PaceRules implements ContactRules, SendingOutlook {

    private final JdbcClient jdbc;
    private final Paces paces;
    private final FrequencyRule frequency;
    private final SendingLock lock;
    private final Outbox outbox;

    PaceRules(JdbcClient jdbc, Paces paces, FrequencyRule frequency, SendingLock lock, Outbox outbox) {
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.paces = paces;
        this.frequency = frequency;
        this.lock = lock;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Cap> cap() {
        return Optional.ofNullable(pace().cap());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<SqlFragment> hadEnough() {
        return cap().map(cap -> frequency.hadEnough(CurrentTenant.require(), cap));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<QuietHours> quietHours() {
        return Optional.ofNullable(pace().quiet());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Forecast> forecast(long mails, Instant from) {
        TenantId tenant = CurrentTenant.require();
        String sender = jdbc.sql("SELECT COALESCE(sender_email, '') FROM business WHERE id = ?")
                .param(tenant.value())
                .query(String.class)
                .single();
        String domain = sender.substring(sender.lastIndexOf('@') + 1);
        ForecastOfPace forecast = new ForecastOfPace(pace(), domain);
        return mails == 0 ? forecast.of(0, waiting(tenant), from) : forecast.of(waiting(tenant), mails, from);
    }

    @Override
    public Optional<String> held() {
        return lock.shown().or(() -> Optional.ofNullable(pace().paused()));
    }

    private long waiting(TenantId tenant) {
        return jdbc
                .sql("SELECT id FROM delivery_run WHERE tenant_id = ? AND state = 'SENDING'")
                .param(tenant.value())
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(run -> outbox.progress(new RunId(run)).waiting())
                .sum();
    }

    private TenantPace pace() {
        return paces.of(CurrentTenant.require());
    }
}
