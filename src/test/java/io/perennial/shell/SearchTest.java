package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.internal.ShortcutsKt;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Role;
import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.MissedPolicy;
import io.perennial.content.TemplateDirectory;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentDirectory;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class SearchTest extends SpringBrowserlessTest {

    @Autowired
    ConsoleSearch search;

    @Autowired
    SegmentDirectory segments;

    @Autowired
    TemplateDirectory templates;

    @Autowired
    CampaignDesk campaigns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoBusinessesWithOneThingOfEachKind() {
        acme = withThingsCalled("Acme", "Zebra of Acme");
        globex = withThingsCalled("Globex", "Zebra of Globex");
    }

    @Test
    void findsThingsOfEveryKindInTheOwnBusinessOnly() {
        assertThat(namesFor(acme, Role.OWNER, "zebra"))
                .containsExactlyInAnyOrder("Zebra of Acme", "Zebra of Acme", "Zebra of Acme", "Zebra of Acme");
        assertThat(namesFor(globex, Role.OWNER, "zebra")).hasSize(4).allMatch("Zebra of Globex"::equals);
        assertThat(namesFor(acme, Role.OWNER, "globex")).isEmpty();
    }

    @Test
    void everyHitLeadsToAPageThatOpens() {
        TestTenants.asOwner(acme, () -> {
            for (String text : List.of("zebra", "")) {
                for (SearchHit hit : search.find(text).hits()) {
                    UI.getCurrent().navigate(hit.href());
                    assertThat(getCurrentView())
                            .as(hit.href())
                            .isNotInstanceOfAny(NotFoundPage.class, DeniedPage.class, FaultPage.class);
                }
            }
        });
    }

    @Test
    void offersOnlyDeedsThatTheRoleMayDo() {
        assertThat(namesFor(acme, Role.OWNER, "new")).contains("New segment", "New campaign", "New template");
        assertThat(namesFor(acme, Role.SUPPORT, "new")).isEmpty();
        assertThat(namesFor(acme, Role.SUPPORT, "redeem")).containsExactly("Redeem a voucher");
        assertThat(namesFor(acme, Role.ANALYST, "import")).isEmpty();
    }

    @Test
    void passesOverOddTextAndAccents() {
        for (String odd : List.of("%", "_", "'; DROP TABLE customer; --", "!", "\\", "x".repeat(5_000), "🦓")) {
            assertThat(namesFor(acme, Role.OWNER, odd)).as(odd).isEmpty();
        }
        assertThat(namesFor(acme, Role.OWNER, "  ZÉBRA  of ")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void goesOnWithoutAFeatureThatFailsAndWithoutOneThatMayNotBeAsked() {
        ConsoleSearch partly = new ConsoleSearch(List.of(
                answering("Broken", () -> {
                    throw new IllegalStateException("broken");
                }),
                answering("Denied", () -> {
                    throw new AccessDeniedException("not for this role");
                }),
                answering("Fine", () -> List.of(new SearchHit("Found", "", "")))));
        TestTenants.asOwner(acme, () -> {
            ConsoleSearch.Answer answer = partly.find("something");
            assertThat(answer.hits()).extracting(SearchHit::name).containsExactly("Found");
            assertThat(answer.failures()).isEqualTo(1);
        });
    }

    @Test
    void theKeyboardAloneOpensChoosesAndGoes() {
        TestTenants.asOwner(acme, () -> {
            navigate(HomeView.class);
            fireShortcut(Key.KEY_K, KeyModifier.CONTROL);
            SearchDialog dialog = find(SearchDialog.class).single();
            TextField field = find(TextField.class, dialog).single();
            assertThat(dialog.lines()).extracting(Anchor::getHref).startsWith("", "customers", "segments");
            test(field).setValue("zebra");
            assertThat(dialog.lines()).hasSize(4);
            assertThat(chosen(dialog)).containsExactly(dialog.lines().getFirst());
            press(Key.ARROW_UP);
            assertThat(chosen(dialog)).containsExactly(dialog.lines().getLast());
            press(Key.ARROW_DOWN);
            press(Key.ARROW_DOWN);
            String href = dialog.lines().get(1).getHref();
            assertThat(chosen(dialog)).containsExactly(dialog.lines().get(1));
            press(Key.ENTER);
            assertThat(dialog.isOpened()).isFalse();
            assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath())
                    .isEqualTo(href);
        });
    }

    @Test
    void saysSoWhereNothingIsFound() {
        TestTenants.asOwner(acme, () -> {
            navigate(HomeView.class);
            fireShortcut(Key.KEY_K, KeyModifier.META);
            SearchDialog dialog = find(SearchDialog.class).single();
            test(find(TextField.class, dialog).single()).setValue("nobody at all");
            assertThat(dialog.lines()).isEmpty();
            assertThat(dialog.getElement().getTextRecursively()).contains("nobody at all", "Nothing found");
            press(Key.ENTER);
            assertThat(dialog.isOpened()).isTrue();
        });
    }

    @Test
    void aRoleThatChangedShowsInTheNavigationWithTheNextPage() {
        TestTenants.asOwner(acme, () -> {
            navigate(HomeView.class);
            assertThat(find(SideNavItem.class).all())
                    .extracting(SideNavItem::getPath)
                    .contains("settings");
            TestTenants.as(acme, Role.SUPPORT, () -> {
                UI.getCurrent().navigate("customers");
                assertThat(find(SideNavItem.class).all())
                        .extracting(SideNavItem::getPath)
                        .contains("customers")
                        .doesNotContain("settings");
            });
        });
    }

    @Test
    void theNavigationFoldsToItsIconsAndBack() {
        TestTenants.asOwner(acme, () -> {
            navigate(HomeView.class);
            MainLayout layout = find(MainLayout.class).single();
            Rail rail = find(Rail.class).single();
            test(rail).click();
            assertThat(layout.getClassNames()).contains("rail");
            assertThat(rail.getElement().getAttribute("aria-expanded")).isEqualTo("false");
            test(rail).click();
            assertThat(layout.getClassNames()).doesNotContain("rail");
        });
    }

    private TenantId withThingsCalled(String business, String name) {
        TenantId tenant = tenants.fresh(business);
        TestTenants.asOwner(tenant, () -> {
            segments.create(name, Rule.everybody());
            templates.save(name, "Subject", "", "<mjml><mj-body></mj-body></mjml>");
            campaigns.create(new CampaignContent(name, null, List.of(), List.of(), null, null, MissedPolicy.ASK, 4));
        });
        jdbc.sql("INSERT INTO customer (tenant_id, id, first_name, last_name, created_at, updated_at) "
                        + "VALUES (?, ?, 'Zebra', ?, NOW(6), NOW(6))")
                .params(tenant.value(), TimeOrderedIds.next(), "of " + business)
                .update();
        return tenant;
    }

    private List<String> namesFor(TenantId tenant, Role role, String text) {
        return TestTenants.as(
                tenant,
                role,
                () -> search.find(text).hits().stream().map(SearchHit::name).toList());
    }

    /** In the field of the search: its keys are listened to there. */
    private void press(Key key) {
        ShortcutsKt._fireShortcut(
                find(TextField.class, find(SearchDialog.class).single()).single(), key);
    }

    private static List<Anchor> chosen(SearchDialog dialog) {
        return dialog.lines().stream()
                .filter(line -> "true".equals(line.getElement().getAttribute("aria-selected")))
                .toList();
    }

    private static SearchContribution answering(String heading, java.util.function.Supplier<List<SearchHit>> answer) {
        return new SearchContribution() {
            @Override
            public int order() {
                return 1;
            }

            @Override
            public String heading() {
                return heading;
            }

            @Override
            public List<SearchHit> find(String text, int limit) {
                return answer.get();
            }
        };
    }
}
