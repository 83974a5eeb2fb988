package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.CheckedVoucher.Verdict;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes vouchers at the till, each once, and takes a redemption back on the same day. */
@Service
public class Redemptions {

    private static final BigDecimal LARGEST_ORDER = BigDecimal.valueOf(100_000_000L);

    private final RedemptionSql sql;
    private final Businesses businesses;
    private final TransactionTemplate transaction;
    private final CustomerChanges changes;
    private final AuditLog audit;
    private final Happenings happenings;

    Redemptions(
            RedemptionSql sql,
            Businesses businesses,
            PlatformTransactionManager transactions,
            CustomerChanges changes,
            AuditLog audit,
            Happenings happenings) {
        this.happenings = happenings;
        this.sql = sql;
        this.businesses = businesses;
        this.transaction = new TransactionTemplate(transactions);
        this.changes = changes;
        this.audit = audit;
    }

    /** How a code stands, without redeeming it. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('promotion:redeem')")
    public CheckedVoucher check(String typed) {
        Optional<VoucherCode> code = VoucherCode.parse(typed);
        Business business = businesses.current();
        return code.map(c -> judge(c, business)).orElseGet(() -> CheckedVoucher.without(Verdict.MISTYPED));
    }

    /**
     * Redeems a voucher. Of several at once with the same code exactly one succeeds; the others learn who did.
     *
     * @param orderAmount what the customer buys with it, before the discount, in the tenant's currency; nothing where
     *     the till does not say
     * @return REDEEMED, or why not
     * @throws IllegalArgumentException if the amount is negative or absurd
     */
    @PreAuthorize("hasAuthority('promotion:redeem')")
    public CheckedVoucher redeem(String typed, @Nullable BigDecimal orderAmount) {
        if (orderAmount != null && (orderAmount.signum() < 0 || orderAmount.compareTo(LARGEST_ORDER) > 0)) {
            throw new IllegalArgumentException(t("promotions.till.bad_amount"));
        }
        Business business = businesses.current();
        VoucherCode code = VoucherCode.parse(typed).orElse(null);
        if (code == null) {
            return CheckedVoucher.without(Verdict.MISTYPED);
        }
        boolean done = Boolean.TRUE.equals(transaction.execute(status -> take(code, orderAmount, business)));
        // A transaction of its own: under load the answer must be read after the other one's commit, not before.
        CheckedVoucher now = transaction.execute(status -> judge(code, business));
        if (done) {
            return now.as(Verdict.REDEEMED);
        }
        // Still good by itself, so it was the cost of this very order that the budget did not bear.
        return now.verdict() == Verdict.VALID ? now.as(Verdict.SPENT) : now;
    }

    /**
     * Writes nothing before it is sure: the transaction may be a whole request's, whose answer is this, and one that was to be
     * rolled back in it would be rolled back whole. First the voucher, then the promotion, as everywhere.
     */
    private boolean take(VoucherCode code, @Nullable BigDecimal orderAmount, Business business) {
        RedemptionSql.Row row = sql.find(business.id(), code).orElse(null);
        if (row == null || !sql.lock(business.id(), code)) {
            return false;
        }
        BigDecimal cost = row.offer().cost(orderAmount);
        if (!sql.charge(business.id(), row.promotion(), cost, today(business))) {
            return false;
        }
        sql.mark(business.id(), code, staffName(), now(), orderAmount, cost);
        note(business, row.holder());
        tell(EventType.VOUCHER_REDEEMED, business.id(), row.id(), orderAmount);
        return true;
    }

    private void note(Business business, CustomerId holder) {
        changes.note(business.id(), Set.of(CustomerAspect.VOUCHERS), List.of(holder.value()));
    }

    /**
     * Takes back a redemption of today. The voucher is good again.
     *
     * @return false if it was not redeemed today, or is not redeemed any more
     */
    @Transactional
    @PreAuthorize("hasAuthority('promotion:write')")
    public boolean undo(long voucher) {
        Business business = businesses.current();
        Instant startOfDay = today(business).atStartOfDay(business.zone()).toInstant();
        Optional<CustomerId> holder = sql.undo(business.id(), voucher, startOfDay, staffName(), now());
        holder.ifPresent(customer -> {
            note(business, customer);
            audit.record(PromotionDeed.REDEMPTION_UNDONE, voucher, null);
            tell(EventType.VOUCHER_RETURNED, business.id(), voucher, null);
        });
        return holder.isPresent();
    }

    private void tell(EventType type, TenantId tenant, long voucher, @Nullable BigDecimal orderAmount) {
        if (happenings.isHeard(tenant, type)) {
            sql.owner(tenant, voucher)
                    .ifPresent(owner -> happenings.tell(
                            tenant,
                            type,
                            owner.customer(),
                            () -> new EventData.Voucher(
                                    Long.toString(voucher),
                                    owner.promotion().toString(),
                                    owner.customer().toString(),
                                    orderAmount)));
        }
    }

    private CheckedVoucher judge(VoucherCode code, Business business) {
        TenantId tenant = business.id();
        return sql.find(tenant, code)
                .map(row -> row.checked(verdict(row, today(business)), code, business.currency()))
                .orElseGet(() -> CheckedVoucher.without(Verdict.UNKNOWN));
    }

    private static Verdict verdict(RedemptionSql.Row row, LocalDate today) {
        if (row.redeemedAt() != null) {
            return Verdict.USED;
        }
        if (!row.planned()) {
            return Verdict.CANCELLED;
        }
        if (today.isAfter(row.validUntil())) {
            return Verdict.EXPIRED;
        }
        if (today.isBefore(row.validFrom())) {
            return Verdict.NOT_YET;
        }
        return row.spent() ? Verdict.SPENT : Verdict.VALID;
    }

    private static LocalDate today(Business business) {
        return LocalDate.now(business.zone());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static String staffName() {
        return CurrentStaff.actorName().orElse("Perennial");
    }
}
