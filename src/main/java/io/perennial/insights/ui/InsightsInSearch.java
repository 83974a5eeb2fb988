package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Permission;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The pages of insights, found by their names. */
@Component
class InsightsInSearch implements SearchContribution {

    private static final List<Map.Entry<String, String>> PAGES = List.of(
            Map.entry("cohorts", "insights/cohorts"),
            Map.entry("rfm", "insights/rfm"),
            Map.entry("forecast", "insights/forecast"),
            Map.entry("at_risk", "insights/at-risk"));

    @Override
    public int order() {
        return 60;
    }

    @Override
    public String heading() {
        return t("insights.menu");
    }

    @Override
    public List<SearchPlace> places() {
        return PAGES.stream()
                .map(page -> new SearchPlace(
                        t("insights." + page.getKey() + ".title"), page.getValue(), Permission.Names.INSIGHT_READ))
                .toList();
    }

    @Override
    public List<SearchHit> find(String text, int limit) {
        return List.of();
    }
}
