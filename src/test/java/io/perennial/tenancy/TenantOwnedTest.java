package io.perennial.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@link TenantOwned} promises, tried on the real Hibernate and a real database. */
@IntegrationTest
class TenantOwnedTest {

    @Autowired
    Parcels parcels;

    @Autowired
    EntityManager entities;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoTenantsWithAParcelEach() {
        jdbc.sql("CREATE TABLE IF NOT EXISTS test_parcel (tenant_id BIGINT NOT NULL, id BIGINT NOT NULL, "
                        + "label VARCHAR(100) NOT NULL, PRIMARY KEY (tenant_id, id))")
                .update();
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void aNewEntityBelongsToTheCurrentTenant() {
        Parcel parcel = store(acme, "books");
        assertThat(parcel.tenant()).isEqualTo(acme);
        assertThat(labelsOf(acme)).containsExactly("books");
        assertThat(labelsOf(globex)).isEmpty();
    }

    @Test
    void updatesAndDeletesNameTheTenant() {
        Parcel parcel = store(acme, "books");
        List<String> sql = sqlOf(() -> {
            in(acme, () -> {
                parcels.findById(parcel.getId()).orElseThrow().relabel("shoes");
                return true;
            });
            in(acme, () -> {
                parcels.delete(parcels.findById(parcel.getId()).orElseThrow());
                return true;
            });
        });
        assertThat(sql)
                .filteredOn(s -> s.startsWith("update"))
                .hasSize(1)
                .allSatisfy(s -> assertThat(after("where", s)).contains("tenant_id"));
        assertThat(sql)
                .filteredOn(s -> s.startsWith("delete"))
                .hasSize(1)
                .allSatisfy(s -> assertThat(after("where", s)).contains("tenant_id"));
        assertThat(sql)
                .filteredOn(s -> s.startsWith("select"))
                .isNotEmpty()
                .allSatisfy(s -> assertThat(after("where", s)).contains("tenant_id"));
    }

    @Test
    void anotherTenantsEntityIsNotFound() {
        Parcel foreign = store(globex, "secret");
        assertThat(in(acme, () -> parcels.findById(foreign.getId()))).isEmpty();
        assertThat(in(acme, () -> parcels.existsById(foreign.getId()))).isFalse();
        assertThat(in(acme, () -> parcels.findAllById(List.of(foreign.getId()))))
                .isEmpty();
        assertThat(in(acme, () -> parcels.findByLabel("secret"))).isEmpty();
        assertThat(in(acme, () -> parcels.count())).isZero();
        assertThat(in(acme, () -> entities.find(Parcel.class, foreign.getId()))).isNull();
    }

    @Test
    void savingAForeignDetachedEntityIsRefused() {
        Parcel foreign = store(globex, "secret");
        foreign.relabel("stolen");
        assertThatThrownBy(() -> in(acme, () -> parcels.saveAndFlush(foreign))).isNotNull();
        assertThat(labelsOf(globex)).containsExactly("secret");
        assertThat(labelsOf(acme)).isEmpty();
    }

    @Test
    void deletingAForeignDetachedEntityDoesNothing() {
        Parcel foreign = store(globex, "secret");
        in(acme, () -> {
            parcels.delete(foreign);
            return true;
        });
        assertThat(labelsOf(globex)).containsExactly("secret");
    }

    @Test
    void removingAForeignDetachedEntityByTheEntityManagerIsRefused() {
        Parcel foreign = store(globex, "secret");
        assertThatThrownBy(() -> in(acme, () -> {
                    entities.remove(foreign);
                    entities.flush();
                    return true;
                }))
                .isNotNull();
        assertThat(labelsOf(globex)).containsExactly("secret");
    }

    @Test
    void aReferenceToAForeignEntityCannotBeRead() {
        Parcel foreign = store(globex, "secret");
        assertThatThrownBy(() -> in(
                        acme,
                        () -> entities.getReference(Parcel.class, foreign.getId())
                                .label()
                                .length()))
                .isNotNull();
    }

    @Test
    void bulkStatementsReachOnlyTheCurrentTenant() {
        store(acme, "ours");
        store(globex, "theirs");
        assertThat(in(acme, () -> parcels.relabelAll("all"))).isEqualTo(1);
        assertThat(labelsOf(globex)).containsExactly("theirs");
        assertThat(in(acme, () -> parcels.dropAll())).isEqualTo(1);
        assertThat(labelsOf(globex)).containsExactly("theirs");
    }

    @Test
    void hibernateRefusesToWorkOutsideATenantScope() {
        assertThatThrownBy(() -> parcels.count()).hasRootCauseInstanceOf(NoTenantException.class);
    }

    @Test
    void aTransactionBegunForOneTenantRefusesToWorkForAnother() {
        store(globex, "theirs");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> in(acme, () -> CurrentTenant.asTenant(globex, () -> parcels.count())))
                .withStackTraceContaining("begun for business");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new TransactionTemplate(transactions)
                        .executeWithoutResult(
                                status -> CurrentTenant.asTenant(globex, (Supplier<Long>) () -> parcels.count())))
                .withStackTraceContaining("begun outside every tenant scope");
    }

    private Parcel store(TenantId tenant, String label) {
        return in(tenant, () -> parcels.save(new Parcel(label)));
    }

    private <T> T in(TenantId tenant, Supplier<T> work) {
        return CurrentTenant.asTenant(
                tenant, () -> new TransactionTemplate(transactions).execute(status -> work.get()));
    }

    private List<String> labelsOf(TenantId tenant) {
        return jdbc.sql("SELECT label FROM test_parcel WHERE tenant_id = ? ORDER BY label")
                .param(tenant.value())
                .query(String.class)
                .list();
    }

    private static String after(String word, String sql) {
        int at = sql.indexOf(word);
        return at < 0 ? "" : sql.substring(at);
    }

    private static List<String> sqlOf(Runnable work) {
        Logger log = (Logger) LoggerFactory.getLogger("org.hibernate.SQL");
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        Level before = log.getLevel();
        log.addAppender(heard);
        log.setLevel(Level.DEBUG);
        try {
            work.run();
        } finally {
            log.setLevel(before);
            log.detachAppender(heard);
        }
        return heard.list.stream()
                .map(e -> e.getFormattedMessage().toLowerCase(Locale.ROOT))
                .toList();
    }
}
