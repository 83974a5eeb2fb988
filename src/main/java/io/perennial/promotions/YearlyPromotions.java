package io.perennial.promotions;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.WorkFailed;
import io.perennial.campaigns.CampaignNotReady;
import io.perennial.kernel.TenantId;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plans yearly promotions again once they are over. Each is followed by at most one, by a unique key, so several nodes
 * may do this at the same time.
 */
@Component
class YearlyPromotions {

    private final ApplicationEventPublisher events;
    private final PromotionRepository repository;
    private final Promotions promotions;
    private final Businesses businesses;
    private final TransactionTemplate transaction;

    YearlyPromotions(
            PromotionRepository repository,
            Promotions promotions,
            Businesses businesses,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.events = events;
        this.repository = repository;
        this.promotions = promotions;
        this.businesses = businesses;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void repeatAll() {
        for (TenantId tenant : businesses.atWork()) {
            try {
                ActingAs.system(tenant, () -> {
                    repeat();
                });
            } catch (RuntimeException e) {
                events.publishEvent(new WorkFailed(
                        "YearlyPromotions.repeatAll", "business " + tenant + ", which is tried again in an hour", e));
            }
        }
    }

    /** Plans those of the current tenant that are over and not followed yet. */
    void repeat() {
        LocalDate today = LocalDate.now(businesses.current().zone());
        List<PromotionId> over =
                transaction.execute(status -> repository.findAllByOrderByCelebratedOnDescIdDesc().stream()
                        .filter(p -> p.repeats(today) && !repository.existsByFollows(p.getId()))
                        .map(Promotion::id)
                        .toList());
        over.forEach(this::repeat);
    }

    private void repeat(PromotionId last) {
        PromotionId next;
        try {
            PromotionContent content = promotions.open(last).content().nextYear();
            next = transaction.execute(status -> promotions.create(content, last));
        } catch (DataIntegrityViolationException e) {
            return; // another node was first
        }
        try {
            promotions.plan(next);
        } catch (PromotionNotReady | CampaignNotReady e) {
            // It stays a draft that says what it needs; Home shows it.
            transaction.executeWithoutResult(status ->
                    repository.require(next).remark(t("promotions.note.not_repeated", String.valueOf(e.getMessage()))));
        }
    }
}
