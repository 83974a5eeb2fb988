package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.server.menu.MenuConfiguration;
import io.perennial.accounts.CurrentStaff;
import io.perennial.uikit.Matching;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Asks every feature what it has under some words, within the tenant and the rights of who asks. A feature that may not
 * be asked is left out; one that fails costs its own part only.
 */
@Component
class ConsoleSearch {

    /** Things of one feature; more would push the next feature out of sight. */
    private static final int EACH = 5;

    private static final int LONGEST = 100;
    private static final Logger log = LoggerFactory.getLogger(ConsoleSearch.class);

    private final List<SearchContribution> contributions;

    ConsoleSearch(List<SearchContribution> contributions) {
        this.contributions = contributions.stream()
                .sorted(Comparator.comparingInt(SearchContribution::order))
                .toList();
    }

    /** Hits of one kind under their heading. */
    record Group(String heading, List<SearchHit> hits) {}

    /**
     * What was found, never an empty group.
     *
     * @param failures how many features could not be asked just now
     */
    record Answer(List<Group> groups, int failures) {

        List<SearchHit> hits() {
            return groups.stream().flatMap(group -> group.hits().stream()).toList();
        }
    }

    /** For no words: the pages and deeds alone. */
    Answer find(String typed) {
        String text = typed.strip();
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST).strip();
        }
        List<Group> groups = new ArrayList<>();
        add(groups, t("shell.search_pages"), fitting(pages(), text));
        add(groups, t("shell.search_deeds"), fitting(places(), text));
        int failures = 0;
        if (!text.isEmpty()) {
            for (SearchContribution contribution : contributions) {
                try {
                    add(groups, contribution.heading(), contribution.find(text, EACH));
                } catch (RuntimeException e) {
                    if (!UnexpectedErrors.isDenied(e)) {
                        failures++;
                        log.error(
                                "The search goes without {}",
                                contribution.getClass().getName(),
                                e);
                    }
                }
            }
        }
        return new Answer(List.copyOf(groups), failures);
    }

    private static void add(List<Group> groups, String heading, List<SearchHit> hits) {
        if (!hits.isEmpty()) {
            groups.add(new Group(heading, hits));
        }
    }

    private static List<SearchHit> fitting(Stream<SearchHit> hits, String text) {
        return hits.filter(hit -> text.isEmpty() || Matching.fits(hit.name(), text))
                .toList();
    }

    /** Those of the navigation, which are the ones this person may open, and their own account. */
    private static Stream<SearchHit> pages() {
        return Stream.concat(
                MenuConfiguration.getMenuEntries().stream()
                        .map(entry -> new SearchHit(t(entry.title()), "", path(entry.path()))),
                Stream.of(new SearchHit(t("shell.account"), "", "account")));
    }

    private Stream<SearchHit> places() {
        Set<String> rights = CurrentStaff.find().stream()
                .flatMap(staff -> staff.getAuthorities().stream())
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return contributions.stream()
                .flatMap(contribution -> contribution.places().stream()
                        .filter(place -> rights.contains(place.authority()))
                        .map(place -> hit(place, contribution.heading())));
    }

    private static SearchHit hit(SearchPlace place, String heading) {
        return new SearchHit(place.name(), heading, place.href());
    }

    private static String path(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
