package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.menubar.MenuBarTester;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.server.VaadinServletRequest;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.uikit.FirstStep;
import io.perennial.uikit.HomeCard;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.Tone;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

@IntegrationTest
class ShellTest extends SpringBrowserlessTest {

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;
    long ada;
    String email;

    @BeforeEach
    void somebodyWhoOwnsOneBusinessAndHelpsInAnother() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        email = "person" + TimeOrderedIds.next() + "@test.example";
        ada = accounts.ensureAccount(new EmailAddress(email), "Ada Lovelace", "three calm words");
        accounts.addMember(acme, ada, Role.OWNER);
        accounts.addMember(globex, ada, Role.SUPPORT);
    }

    @Test
    void homeGreetsThePersonAndTheSwitcherShowsTheBusiness() {
        asAda(() -> {
            navigate(HomeView.class);
            assertThat(find(H1.class).all()).extracting(H1::getText).anyMatch(text -> text.endsWith(", Ada"));
            BusinessSwitcher switcher = find(BusinessSwitcher.class).single();
            assertThat(switcher.getItems().getFirst().getSubMenu().getItems()).hasSize(3);
            return true;
        });
    }

    @Test
    void theSwitcherShowsBusinessesRenamedAndJoinedSinceTheSignIn() {
        asAda(() -> {
            navigate(HomeView.class);
            TestTenants.asOwner(globex, () -> {
                Business b = businesses.current();
                businesses.update(new Business(
                        b.id(),
                        "Initech",
                        b.country(),
                        b.locale(),
                        b.zone(),
                        b.currency(),
                        null,
                        null,
                        null,
                        null,
                        null));
            });
            accounts.addMember(tenants.fresh("Umbrella"), ada, Role.ANALYST);
            navigate("account", Component.class);
            assertThat(find(BusinessSwitcher.class)
                            .single()
                            .getItems()
                            .getFirst()
                            .getSubMenu()
                            .getItems())
                    .extracting(item -> item.getElement().getTextRecursively())
                    .hasSize(4)
                    .anyMatch(text -> text.contains("Initech"))
                    .anyMatch(text -> text.contains("Umbrella"))
                    .noneMatch(text -> text.contains("Globex"));
            return true;
        });
    }

    @Test
    void aSuspendedBusinessSaysWhyAboveEachPageAndOffersOnlyLooking(@Autowired JdbcTemplate jdbc) {
        jdbc.update(
                "UPDATE business SET suspended_at = UTC_TIMESTAMP(6), suspended_reason = 'Ask billing.' WHERE id = ?",
                acme.value());
        asAda(() -> {
            navigate(HomeView.class);
            assertThat(find(StandingNotice.class).single().getElement().getTextRecursively())
                    .contains("Acme is suspended: Ask billing.");
            assertThat(CurrentStaff.may(Permission.CUSTOMER_READ)).isTrue();
            assertThat(CurrentStaff.may(Permission.CAMPAIGN_SEND)).isFalse();
            return true;
        });
    }

    @Test
    void switchingBeginsANewSessionInTheOtherBusiness() {
        asAda(() -> {
            navigate(HomeView.class);
            String before = VaadinServletRequest.getCurrent()
                    .getHttpServletRequest()
                    .getSession()
                    .getId();
            new MenuBarTester<>(find(BusinessSwitcher.class).single()).clickItem(0, 1);
            var session =
                    VaadinServletRequest.getCurrent().getHttpServletRequest().getSession();
            SecurityContext context = (SecurityContext)
                    session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
            StaffPrincipal now = (StaffPrincipal) context.getAuthentication().getPrincipal();
            assertThat(now.tenant()).isEqualTo(globex);
            assertThat(now.current().role()).isEqualTo(Role.SUPPORT);
            assertThat(session.getId()).isNotEqualTo(before);
            return true;
        });
    }

    @Test
    void theNavigationOffersOnlyWhatTheRoleMayOpen() {
        assertThat(asAda(() -> {
                    navigate(HomeView.class);
                    return paths();
                }))
                .contains("", "settings");
    }

    @Test
    void theNavigationLeavesOutWhatTheRoleMayNotOpen() {
        assertThat(TestTenants.as(globex, Role.SUPPORT, () -> {
                    navigate(HomeView.class);
                    return paths();
                }))
                .contains("")
                .doesNotContain("settings");
    }

    @Test
    void aPageThatIsNotForTheRoleSaysWhomToAsk() {
        TestTenants.as(globex, Role.SUPPORT, () -> {
            DeniedPage page = navigate("settings", DeniedPage.class);
            assertThat(page.getElement().getTextRecursively())
                    .contains("you are Support")
                    .contains("owner");
        });
    }

    @Test
    void anUnknownAddressIsAnsweredInWords() {
        asAda(() -> navigate("no/such/page", NotFoundPage.class));
    }

    @Test
    void homeGathersWhatTheFeaturesSayAndGoesOnWithoutThoseThatFail() {
        HomeContents contents = HomeContents.of(List.of(
                contribution(20, () -> {
                    throw new IllegalStateException("broken");
                }),
                contribution(30, () -> {
                    throw new AccessDeniedException("not for this role");
                }),
                contribution(10, () -> "Fine")));
        assertThat(contents.cards()).extracting(HomeCard::answer).containsExactly("Fine");
        assertThat(contents.failures()).isEqualTo(1);
    }

    @Test
    void theMostUrgentComesFirstAndNothingToDoIsLeftOut() {
        HomeContents contents = HomeContents.of(List.of(new HomeContribution() {
            @Override
            public int order() {
                return 1;
            }

            @Override
            public List<HomeTask> tasks() {
                return List.of(
                        new HomeTask("calm", 2, Tone.INFO, "Look", "x"),
                        new HomeTask("none", 0, Tone.BAD, "Look", "x"),
                        new HomeTask("urgent", 1, Tone.BAD, "Decide", "x"));
            }

            @Override
            public List<FirstStep> firstSteps() {
                return List.of(new FirstStep("Import", "Why", false, "Import", "imports"));
            }
        }));
        assertThat(contents.tasks()).extracting(HomeTask::text).containsExactly("urgent", "calm");
        assertThat(contents.isNewBusiness()).isTrue();
    }

    private List<String> paths() {
        return find(SideNavItem.class).all().stream().map(SideNavItem::getPath).toList();
    }

    private <T> T asAda(Supplier<T> work) {
        return TestTenants.as(accounts.reload(ada, acme).orElseThrow(), work);
    }

    private static HomeContribution contribution(int order, Supplier<String> answer) {
        return new HomeContribution() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public List<HomeCard> cards() {
                return List.of(new HomeCard(answer.get(), "1", "Figure", Tone.GOOD, "Look", "x"));
            }
        };
    }
}
