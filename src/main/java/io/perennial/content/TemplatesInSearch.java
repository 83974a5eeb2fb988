package io.perennial.content;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Permission;
import io.perennial.uikit.Matching;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds templates by name. */
@Component
class TemplatesInSearch implements SearchContribution {

    private final Templates templates;

    TemplatesInSearch(Templates templates) {
        this.templates = templates;
    }

    @Override
    public int order() {
        return 35;
    }

    @Override
    public String heading() {
        return t("content.menu");
    }

    @Override
    public List<SearchPlace> places() {
        return List.of(new SearchPlace(t("content.new"), "templates/new", Permission.Names.CONTENT_WRITE));
    }

    @Override
    public List<SearchHit> find(String text, int limit) {
        return templates.list().stream()
                .filter(template -> Matching.fits(template.name(), text))
                .limit(limit)
                .map(template -> new SearchHit(
                        template.name(),
                        t(template.sendable() ? "content.ready" : "content.not_ready"),
                        "templates/" + template.id()))
                .toList();
    }
}
