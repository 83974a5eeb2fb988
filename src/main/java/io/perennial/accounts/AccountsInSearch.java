package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.util.List;
import org.springframework.stereotype.Component;

/** The page of the people of a business, below its settings. */
@Component
class AccountsInSearch implements SearchContribution {

    @Override
    public int order() {
        return 90;
    }

    @Override
    public String heading() {
        return t("accounts.menu");
    }

    @Override
    public List<SearchPlace> places() {
        return List.of(
                new SearchPlace(t("accounts.people_page"), "settings/people", Permission.Names.STAFF_MANAGE),
                new SearchPlace(t("accounts.tab_roles"), "settings/roles", Permission.Names.STAFF_MANAGE));
    }

    @Override
    public List<SearchHit> find(String text, int limit) {
        return List.of();
    }
}
