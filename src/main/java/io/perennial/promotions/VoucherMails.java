package io.perennial.promotions;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignPersonalisation;
import io.perennial.kernel.CustomerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts vouchers into announcements. A customer's voucher comes into being when their mail is made, so nobody holds a
 * voucher without a mail and nobody gets a mail without a voucher; a mail made again carries the same one.
 */
@Component
class VoucherMails implements CampaignPersonalisation {

    private final Vouchers vouchers;
    private final PromotionRepository promotions;
    private final Businesses businesses;

    VoucherMails(Vouchers vouchers, PromotionRepository promotions, Businesses businesses) {
        this.vouchers = vouchers;
        this.promotions = promotions;
        this.businesses = businesses;
    }

    @Override
    public String kind() {
        return PromotionMails.ANNOUNCEMENT;
    }

    @Override
    public Set<String> provides() {
        return Set.of("voucher.code", "voucher.offer", "voucher.expires");
    }

    @Override
    @Transactional
    public Map<CustomerId, Map<String, Object>> variables(long reference, Collection<CustomerId> customers) {
        PromotionId id = new PromotionId(reference);
        PromotionContent content = promotions.require(id).content(List.of(), List.of());
        Business business = businesses.current();
        String offer = content.offer().words(business.currency());
        Map<CustomerId, Map<String, Object>> variables = new HashMap<>();
        vouchers.ensure(business.id(), id, customers)
                .forEach((customer, code) -> variables.put(
                        customer,
                        Map.of(
                                "voucher",
                                Map.of(
                                        "code", code.toString(),
                                        "offer", offer,
                                        "expires", content.validUntil().toString()))));
        return variables;
    }
}
