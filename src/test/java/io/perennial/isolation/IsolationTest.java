package io.perennial.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.data.repository.Repository;
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
            Map.entry("Businesses.create", "makes a tenant"),
            Map.entry("SecondFactors.needOf", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("SecondFactors.begin", "takes the person at the door, and keeps nothing"),
            Map.entry("SecondFactors.confirm", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("SecondFactors.accept", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("SecondFactors.hasApp", "takes the person at the door; SecondStepTest tries two"),
            Map.entry("Passkeys.askBesidePassword", "takes the person at the door; PasskeysTest tries two"),
            Map.entry("Passkeys.hasAny", "takes the person at the door; PasskeysTest tries two"),
            Map.entry("Passkeys.accept", "takes a question kept in the session; PasskeysTest tries two people"),
            Map.entry("Passkeys.add", "takes a question kept in the session; PasskeysTest tries two people"),
            Map.entry("Proofs.prove", "takes one's own password, code or passkey; PasskeysTest tries two people"),
            Map.entry("Identities.use", "takes who the provider vouches for; ProviderDoorIT tries two people"),
            Map.entry("Identities.isConnected", "takes who the provider vouches for; says yes or no"),
            Map.entry("Identities.connect", "takes who has just signed in; ProviderDoorIT tries two people"),
            Map.entry("StaffSessions.goesOn", "takes the session of a request; SessionsTest tries two people"),
            Map.entry("StaffSessions.over", "takes the session that ends"),
            Map.entry("DirectMailer.send", "takes a finished mail and reads nothing")));

    /** Addresses without a signed token in them, and why that is right. */
    private static final Map<String, String> OPEN_ADDRESSES = new TreeMap<>(Map.ofEntries(
            Map.entry("/p/**", "answers that there is nothing here"),
            Map.entry("/sign-in/code", "the second step of who has just shown a password; SecondStepTest tries it"),
            Map.entry("/sign-in/set-up", "the second step of who has just shown a password; SecondStepTest tries it"),
            Map.entry("/sign-in/passkey", "signs in by a passkey; PasskeysTest tries it"),
            Map.entry("/sign-in/passkey/question", "asks anybody for a passkey; PasskeysTest tries it"),
            Map.entry("/sign-in/with/{provider}", "leads out to a provider; ProviderDoorIT tries it"),
            Map.entry("/sign-in/from/{provider}", "takes a provider's answer; ProviderDoorIT attacks it"),
            Map.entry("/sign-in/forgot", "answers alike whoever asks; PasswordResetTest tries it"),
            Map.entry("/sign-up", "answers alike whoever asks; SignUpTest tries it"),
            Map.entry("/error", "says that something went wrong")));

    @Autowired
    ApplicationContext application;

    @Autowired
    TransactionTemplate transaction;

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
        Map<String, Object> services = new LinkedHashMap<>();
        application.getBeansWithAnnotation(Service.class).values().stream()
                .filter(bean -> AopUtils.getTargetClass(bean).getName().startsWith("io.perennial"))
                .forEach(bean -> services.put(AopUtils.getTargetClass(bean).getSimpleName(), bean));
        assertThat(services).hasSizeGreaterThan(40);
        Attack attack = new Attack();
        services.forEach((name, bean) -> attack.on(
                name,
                bean,
                Arrays.stream(AopUtils.getTargetClass(bean).getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .toList()));
        attack.judge();
        assertThat(attack.calls).as("generated calls of services").isGreaterThan(300);
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

        void on(String name, Object bean, Collection<Method> methods) {
            for (Method method : methods) {
                String full = name + '.' + method.getName();
                if (Modifier.isStatic(method.getModifiers())
                        || method.isSynthetic()
                        || NOT_TRIED.containsKey(full)
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
            Object result = TestTenants.asOwner(acme, () -> invoke(bean, method, values));
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
