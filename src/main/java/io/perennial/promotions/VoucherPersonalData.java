package io.perennial.promotions;

import io.perennial.customers.MergeRule;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import java.util.List;
import org.springframework.stereotype.Component;

/** Vouchers stay, so that a promotion's result stays true: a code says nothing about who holds it. */
@Component
class VoucherPersonalData implements PersonalData {

    @Override
    public List<PersonalTable> tables() {
        return List.of(PersonalTable.kept("voucher").merging(MergeRule.movesUnlessThere("promotion_id", "id")));
    }
}
