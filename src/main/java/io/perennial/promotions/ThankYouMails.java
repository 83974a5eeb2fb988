package io.perennial.promotions;

import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignPersonalisation;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets thank-you mails go to those alone who redeemed their voucher. */
@Component
class ThankYouMails implements CampaignPersonalisation {

    private final Vouchers vouchers;
    private final PromotionRepository promotions;
    private final Businesses businesses;

    ThankYouMails(Vouchers vouchers, PromotionRepository promotions, Businesses businesses) {
        this.vouchers = vouchers;
        this.promotions = promotions;
        this.businesses = businesses;
    }

    @Override
    public String kind() {
        return PromotionMails.THANKS;
    }

    @Override
    public Optional<SqlFragment> audience(long reference) {
        return Optional.of(vouchers.redeemers(CurrentTenant.require(), new PromotionId(reference)));
    }

    @Override
    public Set<String> provides() {
        return Set.of("voucher.offer", "voucher.expires");
    }

    @Override
    @Transactional(readOnly = true)
    public Map<CustomerId, Map<String, Object>> variables(long reference, Collection<CustomerId> customers) {
        PromotionId id = new PromotionId(reference);
        TenantId tenant = CurrentTenant.require();
        PromotionContent content = promotions.require(id).content(List.of(), List.of());
        Map<String, Object> voucher = Map.of(
                "voucher",
                Map.of(
                        "offer", content.offer().words(businesses.current().currency()),
                        "expires", content.validUntil().toString()));
        Map<CustomerId, Map<String, Object>> variables = new HashMap<>();
        vouchers.redeemers(tenant, id, customers).forEach(customer -> variables.put(customer, voucher));
        return variables;
    }
}
