package io.perennial.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.perennial.accounts.ActingAs;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.AgedSession;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a session left open on a desk is not enough for. Which methods ask for a fresh proof is read from the compiled code, so a
 * new one is tried without anybody listing it, and one that stops asking is missed here.
 *
 * @see FreshProof
 */
@IntegrationTest
class FreshDeedsTest {

    /** All that ask. One that is taken off needs a reason in decision 0118. */
    private static final Set<String> ASK = new TreeSet<>(Set.of(
            "AddressChanges.ask",
            "ApiKeys.make",
            "AuditTrail.export",
            "BulkJobs.erase",
            "BusinessStandings.askDeletion",
            "DataArchives.download",
            "DataArchives.take",
            "Erasures.erase",
            "Erasures.eraseAll",
            "Exports.customers",
            "Exports.list",
            "Exports.members",
            "Identities.disconnect",
            "Invitations.invite",
            "OnlyProvider.require",
            "OperatorVisits.enter",
            "Passkeys.add",
            "Passkeys.askForNew",
            "Passkeys.remove",
            "PersonExport.json",
            "PersonExport.page",
            "Roles.change",
            "Roles.create",
            "SecondFactors.newCodes",
            "SecondFactors.remove",
            "SecondFactors.requireHere",
            "SenderDomain.makeKeys",
            "SenderDomain.remove",
            "SenderServers.forget",
            "SenderServers.save",
            "Staff.changeRole",
            "Staff.remove",
            "Webhooks.add",
            "Webhooks.change",
            "Webhooks.replaceSecret"));

    /** They ask only where it matters, after they have looked; each is tried where it does. */
    private static final Map<String, String> ASK_AFTER_A_LOOK =
            Map.of("Webhooks.change", "only where another address is to be told; WebhooksTest");

    /** What of this kind needs none, and why. */
    private static final Map<String, String> NEED_NONE = new TreeMap<>(Map.ofEntries(
            Map.entry("BusinessStandings.restore", "lets a business go on"),
            Map.entry("DataArchives.order", "hands nothing out; the file asks when it is taken"),
            Map.entry("DataArchives.discard", "a copy, which can be ordered anew"),
            Map.entry("Erasures.erasedAt", "a day, on the page"),
            Map.entry("Exports.latest", "who took the last one, on the page"),
            Map.entry("ImportRejects.write", "lines of a file that somebody here brought along"),
            Map.entry("OperatorVersion.writeParts", "what the program is made of"),
            Map.entry("Retention.set", "begins a week later, which Home announces, and can be taken back"),
            Map.entry("Invitations.resend", "to the address it went to before"),
            Map.entry("Invitations.withdraw", "lets nobody in"),
            Map.entry("Roles.remove", "one that nobody has")));

    @Autowired
    ApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcClient jdbc;

    private TenantId acme;
    private StaffPrincipal ada;
    private ForeignArguments arguments;

    @BeforeEach
    void adaWhoOwnsAcmeAndOperatesTheInstallation() {
        acme = tenants.fresh("Acme");
        EmailAddress email = new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
        long account = accounts.ensureAccount(email, "Ada", "three calm words");
        accounts.addMember(acme, account, Role.OWNER);
        jdbc.sql("UPDATE staff_account SET operator = TRUE WHERE id = ?")
                .param(account)
                .update();
        ada = accounts.loadUserByUsername(email.value());
        Map<String, Long> ids = Stream.of(
                        "customer",
                        "segment",
                        "mail_template",
                        "campaign",
                        "promotion",
                        "delivery_run",
                        "customer_attribute")
                .collect(Collectors.toMap(table -> table, table -> 1L));
        arguments = new ForeignArguments(ids, acme, "word");
    }

    @Test
    void whatAskedForAFreshProofStillDoes() {
        assertThat(asking()).isEqualTo(ASK);
    }

    @Test
    void noDeedThatAsksIsDoneInASessionWhoseProofIsOld() {
        Set<String> tried = new TreeSet<>();
        for (Map.Entry<String, Object> service : services().entrySet()) {
            for (Method method : AopUtils.getTargetClass(service.getValue()).getDeclaredMethods()) {
                String name = service.getKey() + '.' + method.getName();
                if (Modifier.isPublic(method.getModifiers())
                        && ASK.contains(name)
                        && !ASK_AFTER_A_LOOK.containsKey(name)) {
                    assertThat(refusal(service.getValue(), method)).as(name).isInstanceOf(FreshProof.Needed.class);
                    tried.add(name);
                }
            }
        }
        assertThat(tried).hasSize(ASK.size() - ASK_AFTER_A_LOOK.size());
    }

    /** Whole lists leave by streams; who may come in and what becomes of the business is for owners and admins. */
    @Test
    void whateverHandsOutListsOrDecidesAboutPeopleAsksOrSaysWhyNot() {
        Set<String> found = new TreeSet<>();
        services()
                .forEach((name, bean) -> Arrays.stream(
                                AopUtils.getTargetClass(bean).getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && isWeighty(method))
                        .forEach(method -> found.add(name + '.' + method.getName())));
        assertThat(found).contains("Exports.customers", "Staff.remove", "DataArchives.order");
        found.removeAll(ASK);
        assertThat(found).isEqualTo(NEED_NONE.keySet());
    }

    private static boolean isWeighty(Method method) {
        Transactional transaction = method.getAnnotation(Transactional.class);
        if (transaction != null && transaction.readOnly() && method.getReturnType() != void.class) {
            return false; // a page shows it
        }
        String may = Stream.of(
                        method.getAnnotation(PreAuthorize.class),
                        method.getDeclaringClass().getAnnotation(PreAuthorize.class))
                .filter(each -> each != null)
                .map(PreAuthorize::value)
                .findFirst()
                .orElse("");
        return Stream.of("customer:export", "customer:erase", "staff:manage", "business:own")
                        .anyMatch(may::contains)
                || Arrays.asList(method.getParameterTypes()).contains(OutputStream.class);
    }

    private @Nullable Throwable refusal(Object bean, Method method) {
        Object[] values = Arrays.stream(method.getGenericParameterTypes())
                .map(type -> {
                    try {
                        return arguments.of(type, 1);
                    } catch (ForeignArguments.Unknown unknown) {
                        return null; // asked for before anything is looked at
                    }
                })
                .toArray();
        var person = new UsernamePasswordAuthenticationToken(ada, null, ada.getAuthorities());
        person.setDetails(AgedSession.of(FreshProof.HOLDS.plus(Duration.ofMinutes(1))));
        return ActingAs.with(
                person,
                acme,
                () -> catchThrowable(() -> {
                    try {
                        method.invoke(bean, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Map<String, Object> services() {
        Map<String, Object> services = new TreeMap<>();
        application.getBeansWithAnnotation(Service.class).values().stream()
                .filter(bean -> AopUtils.getTargetClass(bean).getName().startsWith("io.perennial"))
                .forEach(bean -> services.put(AopUtils.getTargetClass(bean).getSimpleName(), bean));
        return services;
    }

    /** Public methods of services that call it, themselves or by methods of their own. */
    private static Set<String> asking() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.perennial");
        Set<JavaMethod> reached = classes.get(FreshProof.class).getMethod("require").getCallsOfSelf().stream()
                .filter(call -> call.getOrigin() instanceof JavaMethod)
                .map(call -> (JavaMethod) call.getOrigin())
                .collect(Collectors.toCollection(HashSet::new));
        boolean grown = true;
        while (grown) {
            Set<JavaMethod> callers = reached.stream()
                    .flatMap(method -> method.getCallsOfSelf().stream()
                            .filter(call -> call.getOriginOwner().equals(method.getOwner())))
                    .filter(call -> call.getOrigin() instanceof JavaMethod)
                    .map(call -> (JavaMethod) call.getOrigin())
                    .collect(Collectors.toSet());
            grown = reached.addAll(callers);
        }
        return reached.stream()
                .filter(method -> method.getOwner().isAnnotatedWith(Service.class)
                        && method.getModifiers().contains(JavaModifier.PUBLIC))
                .map(method -> method.getOwner().getSimpleName() + '.' + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
