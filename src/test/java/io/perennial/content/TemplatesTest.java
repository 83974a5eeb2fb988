package io.perennial.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Role;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class TemplatesTest {

    static final String BODY =
            "<mjml><mj-body><mj-section><mj-column><mj-text>Hi {{ customer.first_name | default: 'you' }}"
                    + " {{ business.postal_address }} <a href=\"{{ links.unsubscribe }}\">Unsubscribe</a></mj-text></mj-column>"
                    + "</mj-section></mj-body></mjml>";
    static final TemplateSnapshot TEXT = new TemplateSnapshot("Hello", "", BODY, null);

    @Autowired
    Templates templates;

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    private TenantId withAddress(String name) {
        TenantId tenant = tenants.fresh(name);
        TestTenants.asOwner(tenant, () -> {
            Business b = businesses.current();
            businesses.update(new Business(
                    b.id(),
                    b.name(),
                    b.country(),
                    b.locale(),
                    b.zone(),
                    b.currency(),
                    "Hlavní 1\n110 00 Praha",
                    null,
                    null,
                    null,
                    null));
        });
        return tenant;
    }

    @Test
    void aSavedTemplateCompilesAndRenders() {
        TestTenants.asOwner(withAddress("Acme"), () -> {
            TemplateRef ref = templates.save("Welcome", "Hello", "Pre", BODY);
            assertThat(ref.sendable()).isTrue();
            assertThat(templates.list()).containsExactly(ref);
            assertThat(templates.check(ref.id())).isEmpty();
            RenderedMail mail = templates.compile(ref.id()).render(Map.of("customer", Map.of("first_name", "Ada")));
            assertThat(mail.subject()).isEqualTo("Hello");
            assertThat(mail.text()).contains("Hi Ada");
        });
    }

    @Test
    void savingUnderTheSameNameReplaces() {
        TestTenants.asOwner(withAddress("Acme"), () -> {
            TemplateRef first = templates.save("Welcome", "One", "", BODY);
            TemplateRef second = templates.save("Welcome", "Two", "", BODY);
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(templates.open(first.id()).text().subject()).isEqualTo("Two");
        });
    }

    @Test
    void aBrokenTemplateIsKeptButCannotBeUsed() {
        TestTenants.asOwner(withAddress("Acme"), () -> {
            TemplateRef ref = templates.save("Broken", "Hello", "", "<mjml><mj-body><mj-txt>");
            assertThat(ref.sendable()).isFalse();
            assertThat(templates.require(ref.id()).sendable()).isFalse();
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> templates.compile(ref.id()));
        });
    }

    @Test
    void withoutAPostalAddressNothingIsSendable() {
        TestTenants.asOwner(tenants.fresh("Homeless"), () -> {
            TemplateRef ref = templates.save("Welcome", "Hello", "", BODY);
            assertThat(ref.sendable()).isFalse();
            assertThat(templates.check(ref.id())).hasSize(1);
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> templates.compile(ref.id()));
        });
    }

    @Test
    void aColleaguesWorkIsNotOverwrittenUnseen() {
        TestTenants.asOwner(withAddress("Acme"), () -> {
            SavedTemplate opened = templates.create("Welcome", TEXT);
            SavedTemplate saved = templates.update(opened.id(), opened.version(), "Welcome!", TEXT);
            assertThat(saved.version()).isGreaterThan(opened.version());
            assertThat(saved.name()).isEqualTo("Welcome!");
            assertThat(saved.updatedBy()).isEqualTo("OWNER");
            assertThatExceptionOfType(TemplateChangedMeanwhile.class)
                    .isThrownBy(() -> templates.update(opened.id(), opened.version(), "Mine", TEXT))
                    .satisfies(e -> assertThat(e.by()).isEqualTo("OWNER"));
        });
    }

    @Test
    void namesAreUniqueWithinABusiness() {
        TestTenants.asOwner(withAddress("Acme"), () -> {
            SavedTemplate first = templates.create("News", TEXT);
            SavedTemplate second = templates.create("News", TEXT);
            assertThat(second.name()).isEqualTo("News 2");
            assertThatExceptionOfType(TemplateNameTaken.class)
                    .isThrownBy(() -> templates.update(second.id(), second.version(), first.name(), TEXT));
            templates.delete(first.id());
            assertThat(templates.all()).extracting(SavedTemplate::name).containsExactly("News 2");
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> templates.create(" \n ", TEXT));
        });
    }

    @Test
    void everyServiceMethodKeepsToItsTenant() {
        TenantId acme = withAddress("Acme");
        TenantId globex = withAddress("Globex");
        SavedTemplate foreign = TestTenants.asOwner(globex, () -> templates.create("Theirs", TEXT));
        TestTenants.asOwner(acme, () -> {
            assertThat(templates.list()).isEmpty();
            assertThat(templates.all()).isEmpty();
            assertMissing(() -> templates.require(foreign.id()));
            assertMissing(() -> templates.open(foreign.id()));
            assertMissing(() -> templates.check(foreign.id()));
            assertMissing(() -> templates.compile(foreign.id()));
            assertMissing(() -> templates.snapshot(foreign.id()));
            assertMissing(() -> templates.update(foreign.id(), foreign.version(), "Mine", TEXT));
            assertMissing(() -> templates.delete(foreign.id()));
            assertThat(templates.save("Theirs", "S", "", BODY).id()).isNotEqualTo(foreign.id());
            assertThat(templates.inspect(TEXT).sendable()).isTrue();
        });
        TestTenants.asOwner(
                globex, () -> assertThat(templates.open(foreign.id())).isEqualTo(foreign));
    }

    @Test
    void supportReadsButDoesNotWrite() {
        TenantId acme = withAddress("Acme");
        SavedTemplate saved = TestTenants.asOwner(acme, () -> templates.create("News", TEXT));
        TestTenants.as(acme, Role.SUPPORT, () -> {
            assertThat(templates.list()).hasSize(1);
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> templates.create("X", TEXT));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> templates.save("X", "", "", ""));
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> templates.update(saved.id(), saved.version(), "X", TEXT));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> templates.delete(saved.id()));
        });
    }

    private static void assertMissing(Runnable work) {
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(work::run);
    }
}
