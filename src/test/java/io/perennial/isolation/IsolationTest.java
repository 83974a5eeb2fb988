package io.perennial.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An owner of one business tries every method of every service and repository, every page and every address, with the
 * ids and words of another business. What comes back must say nothing of the other, and nothing of the other may
 * change. Generated from what there is: a new method is tried without anybody listing it, and one that cannot be tried
 * fails this test until it is listed with a reason.
 */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class IsolationTest extends SpringBrowserlessTest {

    /** Names in the other business are of two words: the attacker knows one, the other must not come back. */
    private static final String KNOWN = "globexknown";

    private static final String SECRET = "globexsecret";

    /** What is not tried, and why; {@code *} stands for all of a class. */
    private static final Map<String, String> NOT_TRIED = new TreeMap<>(Map.ofEntries(
            Map.entry("StaffAccounts.*", "accounts belong to no tenant; StaffTest tries members of another business"),
            Map.entry("Businesses.require", "handed a business's id by background work; pages never call it"),
            Map.entry("Businesses.all", "ids of all, for background work"),
            Map.entry("Businesses.atWork", "ids of all, for background work"),
            Map.entry("OperatorBusinesses.*", "the operator's, about all; OperatorBusinessesTest tries owners"),
            Map.entry("OperatorVisits.enter", "an operator's way in; OperatorVisitsTest tries owners"),
            Map.entry("OperatorVisits.membershipNow", "takes the visitor of a request; OperatorVisitsTest tries them"),
            Map.entry("OperatorVisits.home", "takes the visitor of a request; OperatorVisitsTest tries them"),
            Map.entry("OperatorVisits.over", "takes the visitor whose session ends"),
            Map.entry("Businesses.create", "makes a tenant"),
            Map.entry("SecondFactors.needOf", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("SecondFactors.begin", "takes the person at the door, and keeps nothing"),
            Map.entry("SecondFactors.confirm", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("SecondFactors.accept", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("SecondFactors.hasApp", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("Passkeys.askBesidePassword", "takes the person at the door; PasskeySignInTest tries two"),
            Map.entry("Passkeys.hasAny", "takes the person at the door; PasskeySignInTest tries two"),
            Map.entry("Passkeys.accept", "takes a question kept in the session; PasskeySignInTest tries two people"),
            Map.entry("Passkeys.add", "takes a question kept in the session; OwnPasskeysTest tries two people"),
            Map.entry("Proofs.prove", "takes one's own password, code or passkey; OwnPasskeysTest tries two people"),
            Map.entry("Identities.use", "takes who the provider vouches for; ProviderDoorIT tries two people"),
            Map.entry("Identities.isConnected", "takes who the provider vouches for; says yes or no"),
            Map.entry("Identities.connect", "takes who has just signed in; ProviderDoorIT tries two people"),
            Map.entry("StaffSessions.goesOn", "takes the session of a request; SessionsTest tries two people"),
            Map.entry("StaffSessions.wouldGoOn", "takes the session of an open page; TwoNodesIT tries two people"),
            Map.entry("StaffSessions.over", "takes the session that ends"),
            Map.entry("DirectMailer.send", "takes a finished mail and reads nothing")));

    /** What an operator does about a business or all of them from outside: that it changes one is its purpose. */
    private static final Map<String, String> OPERATORS_LEVERS = Map.of(
            "OperatorQueue.grant", "a share of the sending",
            "OperatorQueue.pauseBusiness", "stops its sending",
            "OperatorQueue.resumeBusiness", "lets it send again",
            "OperatorQueue.pauseServer", "stops a mail server for all",
            "OperatorQueue.resumeServer", "lets it go on",
            "OperatorQueue.closeLock", "stops all sending",
            "OperatorQueue.openLock", "lets it go on");

    /** What changes rows though it changes nothing that the business has, or is no way from the console. */
    private static final Map<String, String> LOOKERS_MAY = Map.of(
            "OperatorVisits.leave", "ends the visit",
            "OperatorVisits.prolong", "lets it go on",
            "ConsentService.unsubscribeAll", "the customer's own page, whose signed link is the permission",
            "CustomerChoices.pause", "the customer's own page, whose signed link is the permission",
            "Insights.recompute", "makes the figures anew of what there is",
            "SignUps.address", "gives the business its number in links, once");

    /** Addresses without a signed token in them, and why that is right. */
    private static final Map<String, String> OPEN_ADDRESSES = new TreeMap<>(Map.ofEntries(
            Map.entry("/p/**", "answers that there is nothing here"),
            Map.entry("/sign-in/code", "the second step of who has just shown a password; SecondStepTest tries it"),
            Map.entry("/sign-in/set-up", "the second step of who has just shown a password; SecondStepTest tries it"),
            Map.entry("/sign-in/passkey", "signs in by a passkey; PasskeySignInTest tries it"),
            Map.entry("/sign-in/passkey/question", "asks anybody for a passkey; PasskeySignInTest tries it"),
            Map.entry("/sign-in/with/{provider}", "leads out to a provider; ProviderDoorIT tries it"),
            Map.entry("/sign-in/from/{provider}", "takes a provider's answer; ProviderDoorIT attacks it"),
            Map.entry("/sign-in/left", "says that one is signed out; knows nobody"),
            Map.entry("/sign-in/passkey/first", "the second step of who has just shown a password; PasskeyIT tries it"),
            Map.entry(
                    "/sign-in/passkey/first/question",
                    "the second step of who has just shown a password; PasskeyIT tries it"),
            Map.entry("/sign-in/recovery-codes", "codes kept in the session that has just made them, shown once"),
            Map.entry("/sign-in/forgot", "answers alike whoever asks; PasswordResetTest tries it"),
            Map.entry("/sign-up", "answers alike whoever asks; SignUpTest tries it"),
            Map.entry("/error", "says that something went wrong")));

    @Autowired
    ApplicationContext application;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    OperatorVisits visits;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping addresses;

    private TwoShops shops;
    private TenantId acme;
    private TenantId globex;
    private Map<String, Long> foreignIds;
    private ForeignArguments arguments;

    @BeforeEach
    void twoBusinesses() {
        shops = application.getAutowireCapableBeanFactory().createBean(TwoShops.class);
        acme = shops.open("acmeknown", "acmesecret");
        globex = shops.open(KNOWN, SECRET);
        foreignIds = shops.ids(globex);
        arguments = new ForeignArguments(foreignIds, acme, KNOWN);
    }

    @Test
    void noServiceReadsOrChangesAnotherBusiness() {
        Attack attack = new Attack();
        onServices(attack);
        attack.judge();
        assertThat(attack.calls).as("generated calls of services").isGreaterThan(300);
    }

    /** Who operates the installation sees businesses from outside: nothing of theirs, by any method. */
    @Test
    void anOperatorOutsideABusinessReadsAndChangesNothingOfIt() {
        StaffPrincipal operator = operator(Role.OWNER);
        // Businesses are in their list by their names, those of earlier tests too; all else that they call their own is
        // not.
        jdbc.update("UPDATE business SET name = 'Globex' WHERE name LIKE ?", '%' + SECRET + '%');
        Attack attack = new Attack(work -> TestTenants.as(operator, work), OPERATORS_LEVERS);
        onServices(attack);
        attack.judge();
        assertThat(attack.calls).isGreaterThan(300);
    }

    /** Every method there is, by an operator inside the business who came to look, with the business's own ids. */
    @Test
    void anOperatorWhoOnlyLooksChangesNothingByAnyMethod() {
        StaffPrincipal operator = operator(Role.OWNER);
        StaffPrincipal inside =
                TestTenants.as(operator, () -> visits.enter(globex, "Ticket 4711: nothing is sent", false));
        Attack attack = new Attack(work -> TestTenants.as(inside, work), LOOKERS_MAY);
        onServices(attack);
        assertThat(attack.calls).isGreaterThan(300);
        assertThat(attack.changes).isEmpty();
        assertThat(attack.leaks).as("the visitor sees what is inside").isNotEmpty();
    }

    private StaffPrincipal operator(Role inAcme) {
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@staff.example");
        long account = accounts.ensureAccount(email, "Olga", "three calm words");
        accounts.addMember(acme, account, inAcme);
        jdbc.update("UPDATE staff_account SET operator = TRUE WHERE id = ?", account);
        return accounts.loadUserByUsername(email.value());
    }

    private void onServices(Attack attack) {
        services()
                .forEach((name, bean) -> attack.on(
                        name,
                        bean,
                        Arrays.stream(AopUtils.getTargetClass(bean).getDeclaredMethods())
                                .filter(method -> Modifier.isPublic(method.getModifiers()))
                                .toList()));
    }

    private Map<String, Object> services() {
        Map<String, Object> services = new LinkedHashMap<>();
        application.getBeansWithAnnotation(Service.class).values().stream()
                .filter(bean -> AopUtils.getTargetClass(bean).getName().startsWith("io.perennial"))
                .forEach(bean -> services.put(AopUtils.getTargetClass(bean).getSimpleName(), bean));
        assertThat(services).hasSizeGreaterThan(40);
        return services;
    }

    @Test
    void noRepositoryReadsOrChangesAnotherBusiness() {
        Attack attack = new Attack();
        application
                .getBeansOfType(Repository.class)
                .forEach((name, bean) -> attack.on(
                        name,
                        bean,
                        Arrays.stream(bean.getClass().getInterfaces())
                                .filter(IsolationTest::isOfTheProduct)
                                .flatMap(type -> Arrays.stream(type.getMethods()))
                                .filter(method -> !method.isDefault() && takesNoEntity(method))
                                .toList()));
        attack.judge();
        assertThat(attack.calls).as("generated calls of repositories").isGreaterThan(20);
    }

    /** Every page, with the other business's ids where its address has one, and its words where it takes any. */
    @Test
    void noPageShowsAnotherBusiness() {
        Map<String, Long> byParameter = Map.ofEntries(
                Map.entry("customer", foreignIds.get("customer")),
                Map.entry("first", foreignIds.get("customer")),
                Map.entry("second", foreignIds.get("customer")),
                Map.entry("segment", foreignIds.get("segment")),
                Map.entry("campaign", foreignIds.get("campaign")),
                Map.entry("promotion", foreignIds.get("promotion")),
                Map.entry("endpoint", foreignIds.get("webhook_endpoint")),
                Map.entry("token", 0L), // InvitationsTest tries those of others
                Map.entry("id", foreignIds.get("mail_template")));
        List<String> opened = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        for (RouteData route : RouteConfiguration.forApplicationScope().getAvailableRoutes()) {
            String path = Arrays.stream(route.getTemplate().split("/"))
                    .map(part -> part.startsWith(":")
                            ? String.valueOf(byParameter.get(part.replaceAll("^:|[?*(].*$", "")))
                            : part)
                    .collect(Collectors.joining("/"));
            if (path.contains("null") && !route.getTemplate().contains(":___")) {
                unknown.add(route.getTemplate());
            }
            TestTenants.asOwner(acme, () -> {
                for (QueryParameters query : List.of(
                        QueryParameters.empty(),
                        QueryParameters.of("q", KNOWN),
                        QueryParameters.of("segment", String.valueOf(foreignIds.get("segment"))),
                        QueryParameters.of("customer", String.valueOf(foreignIds.get("customer"))),
                        QueryParameters.of("job", String.valueOf(foreignIds.get("import_job"))))) {
                    open(path.replace("/null", ""), query);
                    assertThat(textOfPage())
                            .as("%s?%s", path, query.getQueryString())
                            .doesNotContain(SECRET);
                }
            });
            opened.add(path);
        }
        assertThat(unknown)
                .as("parameters of addresses for which this test knows no foreign id")
                .isEmpty();
        assertThat(opened).hasSizeGreaterThan(25);
        // That the words would be seen if they were shown: their own business sees them.
        TestTenants.asOwner(globex, () -> {
            open("customers/" + foreignIds.get("customer"), QueryParameters.empty());
            assertThat(textOfPage()).contains(SECRET);
        });
    }

    /** Whoever has no session acts by a signed token, which {@code LinkSignerTest} and others try to forge. */
    @Test
    void everyAddressOutsideTheConsoleIsSignedOrListed() {
        Set<String> open = new TreeSet<>();
        addresses.getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith("io.perennial")) {
                mapping.getPatternValues().stream()
                        .filter(pattern -> !pattern.contains("{token}"))
                        .filter(pattern -> !pattern.startsWith("/api/")) // ApiIsolationTest tries each of them
                        .forEach(open::add);
            }
        });
        assertThat(open).isEqualTo(OPEN_ADDRESSES.keySet());
    }

    private static void open(String path, QueryParameters query) {
        try {
            UI.getCurrent().navigate(path, query);
        } catch (RuntimeException refused) {
            // A page that does not open says nothing.
        }
    }

    /** Tests have repositories of their own. */
    private static boolean isOfTheProduct(Class<?> type) {
        return type.getName().startsWith("io.perennial")
                && !type.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()
                        .contains("test-classes");
    }

    private static boolean takesNoEntity(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .noneMatch(type -> type.isAnnotationPresent(jakarta.persistence.Entity.class) || type == Object.class);
    }

    /** The page with its frame; the current UI itself keeps them out of its own children. */
    private static String textOfPage() {
        StringBuilder text = new StringBuilder();
        UI.getCurrent()
                .getInternals()
                .getActiveRouterTargetsChain()
                .forEach(shown -> collect(shown.getElement(), text));
        return text.toString();
    }

    private static void collect(Element element, StringBuilder text) {
        if (element.isTextNode()) {
            text.append(element.getText()).append('\n');
            return;
        }
        element.getAttributeNames()
                .forEach(name -> text.append(element.getAttribute(name)).append('\n'));
        element.getPropertyNames()
                .forEach(name -> text.append(element.getProperty(name)).append('\n'));
        element.getChildren().forEach(child -> collect(child, text));
    }

    /** Calls, and what came of them. */
    private class Attack {

        private final Set<String> untried = new TreeSet<>();
        private final Set<String> leaks = new TreeSet<>();
        private final Set<String> changes = new TreeSet<>();
        private Map<String, String> before = shops.checksums(globex);
        private int calls;
        private final Function<Supplier<Object>, Object> person;
        private final Map<String, String> notTried;

        /** By an owner of the other business. */
        Attack() {
            this(work -> TestTenants.asOwner(acme, work), Map.of());
        }

        /** @param notTried by this person, and why */
        Attack(Function<Supplier<Object>, Object> person, Map<String, String> notTried) {
            this.person = person;
            this.notTried = notTried;
        }

        void on(String name, Object bean, Collection<Method> methods) {
            for (Method method : methods) {
                String full = name + '.' + method.getName();
                if (Modifier.isStatic(method.getModifiers())
                        || method.isSynthetic()
                        || NOT_TRIED.containsKey(full)
                        || notTried.containsKey(full)
                        || NOT_TRIED.containsKey(name + ".*")) {
                    continue;
                }
                for (Long number : numbersFor(method)) {
                    call(full, bean, method, number);
                }
                Map<String, String> after = shops.checksums(globex);
                after.forEach((table, sum) -> {
                    if (!sum.equals(before.get(table))) {
                        changes.add(full + " changed " + table);
                    }
                });
                before = after;
            }
        }

        /** A bare number may mean anything: each table's foreign id is tried for it. */
        private Collection<Long> numbersFor(Method method) {
            boolean bare = Arrays.stream(method.getParameterTypes())
                    .anyMatch(type -> type == long.class || type == Long.class);
            return bare ? new TreeSet<>(foreignIds.values()) : Set.of(foreignIds.get("customer"));
        }

        private void call(String full, Object bean, Method method, long number) {
            Object[] values;
            try {
                values = Stream.of(method.getGenericParameterTypes())
                        .map(type -> arguments.of(type, number))
                        .toArray();
            } catch (ForeignArguments.Unknown e) {
                untried.add(full + ": " + e.getMessage());
                return;
            }
            arguments.takeHandedOut();
            calls++;
            Object result = person.apply(() -> invoke(bean, method, values));
            String said = Leaks.textOf(List.of(result, arguments.takeHandedOut()));
            if (said.contains(SECRET)) {
                leaks.add(full + Arrays.toString(values));
            }
        }

        /** What an exception says may be shown too. */
        private Object invoke(Object bean, Method method, Object[] values) {
            try {
                method.setAccessible(true);
                // Repositories are called within a service's transaction.
                if (bean instanceof Repository) {
                    String said = transaction.execute(status -> said(bean, method, values));
                    return said == null ? "" : said;
                }
                return said(bean, method, values);
            } catch (RuntimeException e) {
                return String.valueOf(e.getCause());
            }
        }

        private String said(Object bean, Method method, Object[] values) {
            try {
                return Leaks.textOf(method.invoke(bean, values));
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(e.getCause());
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        void judge() {
            System.out.printf("Isolation: %d generated calls%n", calls);
            assertThat(leaks).as("said something of the other business").isEmpty();
            assertThat(changes).as("changed the other business").isEmpty();
            assertThat(untried)
                    .as("could not be tried: teach ForeignArguments the type, or list the method with a reason")
                    .isEmpty();
        }
    }
}
