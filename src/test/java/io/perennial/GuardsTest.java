package io.perennial;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.perennial.accounts.Operator;
import io.perennial.accounts.Owner;
import io.perennial.accounts.Permission;
import io.perennial.uikit.MessageBundles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Every door has a lock: each page says who may open it, each service method who may call it. */
class GuardsTest {

    /** Public service methods that check nothing, each with the reason; {@code *} stands for all of a class. */
    private static final Map<String, String> WITHOUT_CHECK = new TreeMap<>(Map.ofEntries(
            Map.entry("Businesses.current", "the business of the open scope; public pages show its name too"),
            Map.entry("Businesses.require", "background work and public pages, which were handed the id"),
            Map.entry("Businesses.all", "background work that walks through the tenants; ids only"),
            Map.entry("Businesses.atWork", "background work that walks through the tenants; ids only"),
            Map.entry("BusinessStandings.isAtWork", "asked before a mail or job; says yes or no"),
            Map.entry("Businesses.create", "makes a tenant, so no tenant's permission can be asked for"),
            Map.entry("ConsentService.preferences", "the customer's own page, whose signed link is the permission"),
            Map.entry(
                    "ConsentService.changeByCustomer", "the customer's own page, whose signed link is the permission"),
            Map.entry("ConsentService.unsubscribeAll", "the customer's own page, whose signed link is the permission"),
            Map.entry("TrackingChoices.isAllowed", "the customer's own page, whose signed link is the permission"),
            Map.entry(
                    "TrackingChoices.changeByCustomer", "the customer's own page, whose signed link is the permission"),
            Map.entry("CustomerChoices.reader", "the customer's own page, whose signed link is the permission"),
            Map.entry("CustomerChoices.topics", "the customer's own page, whose signed link is the permission"),
            Map.entry("CustomerChoices.pausedUntil", "the customer's own page, whose signed link is the permission"),
            Map.entry("CustomerChoices.pause", "the customer's own page, whose signed link is the permission"),
            Map.entry("CustomerChoices.speak", "the customer's own page, whose signed link is the permission"),
            Map.entry("CustomerChoices.blocked", "the customer's own page, whose signed link is the permission"),
            Map.entry("CustomerChoices.languageOf", "picks a language and reads no data of customers"),
            Map.entry("ConsentRequests.offered", "names of topics on the public sign-up page"),
            Map.entry("ConsentRequests.askedFor", "the public sign-up page; it only sends a mail that asks"),
            Map.entry("ConsentRequests.find", "the confirmation page, whose signed link is the permission"),
            Map.entry("ConsentRequests.confirm", "the confirmation page, whose signed link is the permission"),
            Map.entry("ConsentRequests.takeOn", "counts a mail that was decided on before"),
            Map.entry("PreferenceCentre.*", "the customer's own pages, whose signed link is the permission"),
            Map.entry("SignUps.form", "the public sign-up page, whose signed link names the business"),
            Map.entry("SignUps.signUp", "the public sign-up page, whose signed link names the business"),
            Map.entry("SignUps.confirmation", "the confirmation page, whose signed link is the permission"),
            Map.entry("SignUps.expired", "the confirmation page, whose signed link is the permission"),
            Map.entry("SignUps.confirm", "the confirmation page, whose signed link is the permission"),
            Map.entry("CustomerResponses.*", "the customer's own pages, whose signed link is the permission"),
            Map.entry("DirectMailer.send", "takes a finished mail and reads no data; its callers check"),
            Map.entry("Foundings.settings", "whether the public page is open; the installation's, of no business"),
            Map.entry("Foundings.ask", "the public page; it only sends a mail"),
            Map.entry("Foundings.find", "the page of a mailed link, which is the permission"),
            Map.entry("Foundings.found", "the page of a mailed link, which is the permission"),
            Map.entry("AddressChanges.find", "the page of a mailed link, which is the permission"),
            Map.entry("AddressChanges.confirm", "the page of a mailed link, which is the permission"),
            Map.entry("InvitationAnswers.*", "the page of an invitation, whose secret link is the permission"),
            Map.entry("StaffAccounts.loadUserByUsername", "sign-in itself"),
            Map.entry("StaffAccounts.updatePassword", "called by sign-in, with the hash of the password just checked"),
            Map.entry("StaffAccounts.reload", "reads who the signed-in person is, before their permissions are known"),
            Map.entry("StaffAccounts.membershipNow", "asked for each request, before its permissions are known"),
            Map.entry("StaffAccounts.find", "accounts belong to no tenant; used by services that check"),
            Map.entry("StaffAccounts.ensureAccount", "accounts belong to no tenant; used by services that check"),
            Map.entry("OperatorVisits.membershipNow", "asked for each request, before its permissions are known"),
            Map.entry("OperatorVisits.home", "asked for each request, before its permissions are known"),
            Map.entry("OperatorVisits.over", "a session that is over by itself; nobody is signed in any more"),
            Map.entry("PasswordResets.*", "who forgot a password has no sign-in; the mailed link is the permission"),
            Map.entry("StaffAccounts.replacePassword", "used by PasswordResets, which holds the mailed link"),
            Map.entry("SecondFactors.needOf", "sign-in itself, of whom the password has just shown"),
            Map.entry("SecondFactors.begin", "sign-in itself; makes a secret and keeps nothing"),
            Map.entry("SecondFactors.confirm", "sign-in itself, of whom the password has just shown"),
            Map.entry("SecondFactors.accept", "sign-in itself, of whom the password has just shown"),
            Map.entry("SecondFactors.hasApp", "sign-in itself, of whom the password has just shown"),
            Map.entry("Passkeys.arePossible", "says of the installation whether browsers make passkeys for it"),
            Map.entry("Passkeys.ask", "sign-in itself; names nobody"),
            Map.entry("Passkeys.askBesidePassword", "sign-in itself, of whom the password has just shown"),
            Map.entry("Passkeys.hasAny", "sign-in itself, of whom the password has just shown"),
            Map.entry("Passkeys.accept", "sign-in itself; the signature is the permission"),
            Map.entry("Identities.use", "sign-in itself, of whom the provider has just vouched for"),
            Map.entry("Identities.isConnected", "sign-in itself, of whom the provider has just vouched for"),
            Map.entry("Identities.connect", "of who has just signed in on both sides; ProviderDoorIT tries it"),
            Map.entry("StaffSessions.goesOn", "asked for each request, before its permissions are known"),
            Map.entry("StaffSessions.wouldGoOn", "asked of open pages, by nobody who is signed in"),
            Map.entry("StaffSessions.over", "a session that is over by itself; nobody is signed in any more"),
            Map.entry(
                    "StaffAccounts.addMember", "the first owner of a new business; else used by Staff, which checks")));

    @Test
    void everyPageSaysWhoMayOpenIt() {
        Set<String> open = new TreeSet<>();
        for (Class<?> view : annotated(Route.class)) {
            if (Stream.of(RolesAllowed.class, PermitAll.class, AnonymousAllowed.class)
                    .noneMatch(access -> view.isAnnotationPresent(access.asSubclass(Annotation.class)))) {
                open.add(view.getName());
            }
        }
        assertThat(open)
                .as("pages without @RolesAllowed, @PermitAll or @AnonymousAllowed")
                .isEmpty();
        assertThat(annotated(Route.class)).hasSizeGreaterThan(3);
    }

    @Test
    void pagesNameOnlyPermissionsThatExist() {
        Set<String> known =
                Arrays.stream(Permission.values()).map(Permission::authority).collect(Collectors.toSet());
        known.add(Operator.AUTHORITY); // a person's, of no role
        known.add(Owner.AUTHORITY);
        annotated(Route.class).stream()
                .filter(view -> view.isAnnotationPresent(RolesAllowed.class))
                .forEach(view -> assertThat(
                                view.getAnnotation(RolesAllowed.class).value())
                        .as(view.getName())
                        .isSubsetOf(known));
    }

    /** They are chosen from a list by those who make roles. */
    @Test
    void everyPermissionHasPlainWords() {
        for (Permission permission : Permission.values()) {
            for (String key : List.of(permission.name().toLowerCase(Locale.ROOT), "area_" + permission.area())) {
                assertThat(MessageBundles.text("accounts.permission." + key, Locale.ENGLISH))
                        .isNotBlank();
            }
        }
    }

    @Test
    void onlyWhatComesBeforeSignInNeedsNone() {
        assertThat(annotated(Route.class).stream().filter(view -> view.isAnnotationPresent(AnonymousAllowed.class)))
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder("InvitationView", "LoginView");
    }

    @Test
    void everyMenuEntryHasWords() {
        for (Class<?> view : annotated(Menu.class)) {
            String key = view.getAnnotation(Menu.class).title();
            assertThat(MessageBundles.text(key, Locale.ENGLISH))
                    .as(view.getName())
                    .isNotBlank();
            assertThat(Component.class).isAssignableFrom(view);
        }
    }

    @Test
    void everyServiceMethodSaysWhoMayCallIt() {
        Set<String> unchecked = new TreeSet<>();
        Set<String> unused = new TreeSet<>(WITHOUT_CHECK.keySet());
        for (Class<?> service : annotated(Service.class)) {
            for (Method method : service.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isSynthetic()
                        && AnnotatedElementUtils.findMergedAnnotation(method, PreAuthorize.class) == null
                        && AnnotatedElementUtils.findMergedAnnotation(service, PreAuthorize.class) == null) {
                    String name = service.getSimpleName() + '.' + method.getName();
                    String all = service.getSimpleName() + ".*";
                    unused.remove(name);
                    unused.remove(all);
                    if (!WITHOUT_CHECK.containsKey(name) && !WITHOUT_CHECK.containsKey(all)) {
                        unchecked.add(name);
                    }
                }
            }
        }
        assertThat(unchecked)
                .as("public @Service methods without @PreAuthorize: add it, or a line with the reason to WITHOUT_CHECK")
                .isEmpty();
        assertThat(unused).as("exceptions that no method needs any more").isEmpty();
    }

    private static List<Class<?>> annotated(Class<? extends Annotation> annotation) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation, true, false));
        return scanner.findCandidateComponents("io.perennial").stream()
                .map(BeanDefinition::getBeanClassName)
                .<Class<?>>map(GuardsTest::load)
                .filter(type -> !type.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()
                        .contains("test-classes"))
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, GuardsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
