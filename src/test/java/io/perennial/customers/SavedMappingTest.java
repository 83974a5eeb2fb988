package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class SavedMappingTest {

    private static final List<String> HEADER = List.of("Kód", "Pošta", "Město", "Имя", "Město");
    private static final ImportMapping MAPPING = ImportMapping.none()
            .with(ImportField.EXTERNAL_ID, 0)
            .with(ImportField.EMAIL, 1)
            .with(ImportField.CITY, 4);
    private static final ImportOptions OPTIONS = ImportOptions.of("people.csv", CsvFormat.STANDARD)
            .with(new ImportPolicy(
                    ImportPolicy.Blanks.CLEAR, ImportPolicy.Upsert.ADD_ONLY, ImportPolicy.Identity.EMAIL));

    @Autowired
    SavedMappings saved;

    @Autowired
    TestTenants tenants;

    private TenantId acme;

    @BeforeEach
    void rememberedByOneBusiness() {
        acme = tenants.fresh("Acme");
        TestTenants.asOwner(acme, () -> saved.save(ImportKind.CUSTOMERS, "Till", HEADER, MAPPING, OPTIONS));
    }

    @Test
    void theSameHeaderIsRecognisedWithItsColumnsAndPolicy() {
        TestTenants.asOwner(acme, () -> {
            SavedMapping before = saved.recognise(List.of("kód", "POŠTA ", "Město", "Имя", "Město"))
                    .orElseThrow();
            assertThat(before.name()).isEqualTo("Till");
            assertThat(before.kind()).isEqualTo(ImportKind.CUSTOMERS);
            assertThat(before.columns()).isEqualTo(3);
            assertThat(before.in(HEADER)).isEqualTo(MAPPING);
            assertThat(before.settings().policy()).isEqualTo(OPTIONS.policy());
            assertThat(saved.recognise(List.of("Kód", "Pošta", "Město", "Фамилия", "Město")))
                    .isEmpty();
        });
    }

    @Test
    void itFitsFilesThatHaveItsColumnsElsewhere() {
        TestTenants.asOwner(acme, () -> {
            SavedMapping before = saved.list(ImportKind.CUSTOMERS).getFirst();
            assertThat(before.in(List.of("Pošta", "Město", "Kód")).columns())
                    .containsEntry(ImportField.EXTERNAL_ID, 2)
                    .containsEntry(ImportField.CITY, 1);
            assertThat(before.fits(List.of("Pošta", "Město", "Kód"))).isTrue();
            assertThat(before.fits(List.of("Pošta", "Kód"))).isFalse();
            assertThat(saved.list(ImportKind.ORDERS)).isEmpty();
        });
    }

    @Test
    void theLastMeaningOfAHeaderReplacesTheOneBeforeAndCanBeForgotten() {
        TestTenants.asOwner(acme, () -> {
            saved.save(
                    ImportKind.CUSTOMERS, "Shop", HEADER, ImportMapping.none().with(ImportField.EMAIL, 1), OPTIONS);
            assertThat(saved.list(ImportKind.CUSTOMERS))
                    .singleElement()
                    .satisfies(m -> assertThat(m.name()).isEqualTo("Shop"))
                    .satisfies(m -> assertThat(m.columns()).isEqualTo(1));
            saved.forget(saved.list(ImportKind.CUSTOMERS).getFirst().id());
            assertThat(saved.recognise(HEADER)).isEmpty();
        });
    }

    @Test
    void anotherBusinessNeitherSeesNorForgetsIt() {
        TenantId globex = tenants.fresh("Globex");
        long id = TestTenants.asOwner(
                acme, () -> saved.list(ImportKind.CUSTOMERS).getFirst().id());
        TestTenants.asOwner(globex, () -> {
            assertThat(saved.recognise(HEADER)).isEmpty();
            assertThat(saved.list(ImportKind.CUSTOMERS)).isEmpty();
            saved.forget(id);
        });
        TestTenants.asOwner(acme, () -> assertThat(saved.recognise(HEADER)).isPresent());
    }

    @Test
    void onlyThoseWhoMayImportDo() {
        TestTenants.as(
                acme,
                Role.SUPPORT,
                () -> assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> saved.recognise(HEADER)));
    }
}
