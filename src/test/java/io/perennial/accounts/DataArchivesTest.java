package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.isolation.BusyShop;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class DataArchivesTest {

    @Autowired
    DataArchives archives;

    @Autowired
    ArchiveWriter writer;

    @Autowired
    ArchiveDisposal disposal;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ApplicationContext application;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        BusyShop shops = new BusyShop(application);
        acme = shops.open("archiveacme", "archivesecret");
        globex = shops.open("othershop", "othersecret");
        accounts.addMember(
                acme,
                accounts.ensureAccount(
                        new EmailAddress("owner" + TimeOrderedIds.next() + "@test.example"),
                        "Ada Owner",
                        "three calm words"),
                Role.OWNER);
    }

    @Test
    void anExportHoldsEveryRowOfTheBusinessAndNoneOfAnotherAndNoSecret() throws IOException {
        Map<String, String> files = unzip(made(acme));
        assertThat(files).containsKeys("README.txt", "manifest.json", "business.jsonl", "people.jsonl");
        assertThat(files.get("people.jsonl")).contains("Ada Owner");
        String everything = String.join("\n", files.values());
        assertThat(everything)
                .contains("archivesecret")
                .doesNotContain("othersecret")
                .doesNotContain("othershop");
        writer.tables().forEach((table, columns) -> {
            Long rows = jdbc.queryForObject(
                    "SELECT COUNT(*) FROM `" + table + "` WHERE tenant_id = ?", Long.class, acme.value());
            if (!table.equals("audit_entry")) { // the ordering itself is an entry, before or after the snapshot
                assertThat(files.get("tables/" + table + ".jsonl").lines().count())
                        .as(table)
                        .isEqualTo(rows);
            }
        });
        assertThat(everything)
                .doesNotContain("\"private_key\"")
                .doesNotContain("\"token_hash\"")
                .doesNotContain("\"password_hash\"")
                .doesNotContain("\"secret\"");
    }

    @Test
    void everyTableOfABusinessIsInItOrLeftOutWithAReasonAndSecretsAreNot() {
        Map<String, List<String>> tables = writer.tables();
        assertThat(tables).hasSizeGreaterThan(40).containsKeys("customer", "customer_order", "audit_entry", "consent");
        assertThat(ArchiveContents.LEFT_OUT.keySet())
                .as("names of tables that there are")
                .isSubsetOf(jdbc.queryForList(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
                        String.class));
        assertThat(tables.get("dkim_key")).contains("public_key").doesNotContain("private_key");
        assertThat(tables.get("sender_server")).doesNotContain("secret");
        assertThat(tables.get("invitation")).doesNotContain("token_hash");
    }

    @Test
    void onlyOwnersOrderTakeAndDeleteAndOnlyTheirOwn() {
        long foreign = ready(globex);
        for (Role role : List.of(Role.ADMIN, Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(
                    acme,
                    role,
                    () -> assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> archives.order()));
        }
        TestTenants.asOwner(acme, () -> {
            assertThat(archives.list()).isEmpty();
            for (Runnable deed : List.<Runnable>of(
                    () -> archives.take(foreign),
                    () -> archives.download(foreign, OutputStream.nullOutputStream()),
                    () -> archives.discard(foreign))) {
                assertThatExceptionOfType(StaffRuleException.class)
                        .isThrownBy(deed::run)
                        .returns(Rule.EXPORT_GONE, StaffRuleException::rule);
            }
        });
        assertThat(TestTenants.asOwner(globex, () -> archives.list())).hasSize(1);
    }

    @Test
    void aFileGoesWhenItsTimeIsOverAndWhenACustomerIsErased() {
        long expired = ready(acme);
        jdbc.update(
                "UPDATE data_archive SET expires_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?",
                acme.value(),
                expired);
        TestTenants.asOwner(acme, () -> {
            assertThat(archives.list()).isEmpty();
            assertThatExceptionOfType(StaffRuleException.class).isThrownBy(() -> archives.take(expired));
        });
        ready(acme);
        assertThat(pieces(acme)).isPositive();
        disposal.dropAll(acme);
        assertThat(pieces(acme)).isZero();
        assertThat(TestTenants.asOwner(acme, () -> archives.list())).isEmpty();
    }

    private int pieces(TenantId tenant) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM data_archive_part WHERE tenant_id = ?", Integer.class, tenant.value());
    }

    private long ready(TenantId tenant) {
        TestTenants.asOwner(tenant, () -> archives.order());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(TestTenants.asOwner(tenant, () -> archives.list()))
                        .extracting(DataArchive::state)
                        .containsOnly(DataArchive.State.READY));
        return TestTenants.asOwner(tenant, () -> archives.list().getFirst().id());
    }

    private byte[] made(TenantId tenant) {
        long id = ready(tenant);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TestTenants.asOwner(tenant, () -> archives.download(id, out));
        return out.toByteArray();
    }

    private static Map<String, String> unzip(byte[] zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
