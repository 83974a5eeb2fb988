package io.perennial.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.operations.OperatorHealth.Node;
import io.perennial.operations.OperatorHealth.Report;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.HealthContribution.Line;
import io.perennial.uikit.Tone;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class OperatorHealthTest {

    private static final String OTHER =
            "INSERT INTO console_node (id, host, pid, version, started_at, seen_at, clock_ms, "
                    + "answer_us, pool_busy, pool_most, pool_waiting, disk_free, disk_size, heap_used, heap_most) VALUES "
                    + "(?, 'other', 7, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) - INTERVAL ? SECOND, ?, 900, 1, 20, ?, ?, "
                    + "1000000000000, 1000, 2000)";

    @Autowired
    OperatorHealth health;

    @Autowired
    OperatorVersion version;

    @Autowired
    NodeBeat beat;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    StaffPrincipal operator;
    long other;

    @BeforeEach
    void anOperatorAndAnotherNode() {
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(
                tenants.fresh("Home"), accounts.ensureAccount(email, "Olga", "three calm words"), Role.SUPPORT);
        jdbc.update("UPDATE staff_account SET operator = TRUE WHERE email = ?", email.value());
        operator = accounts.loadUserByUsername(email.value());
        other = TimeOrderedIds.next();
        jdbc.update("DELETE FROM console_node");
        beat.beat();
    }

    @AfterEach
    void gone() {
        jdbc.update("DELETE FROM console_node WHERE id = ?", other);
    }

    @Test
    void aNodeSaysHowItDoesAndTakesItsRowAwayWhenItEnds() {
        Report report = report();
        Node own = report.nodes().stream().filter(Node::self).findFirst().orElseThrow();
        assertThat(own.isAlive()).isTrue();
        assertThat(own.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(own.answerMicros()).isPositive();
        assertThat(own.diskFree()).isPositive();
        assertThat(own.heapUsed()).isPositive();
        assertThat(Math.abs(own.clockMillis())).isLessThan(1_000);
        beat.end();
        assertThat(report().nodes()).noneMatch(Node::self);
        beat.beat();
    }

    @Test
    void theSchemaIsUpToDateAndTheDatabaseNamesItself() {
        assertThat(line("Schema").tone()).isEqualTo(Tone.GOOD);
        assertThat(line("Schema").words()).contains("none waits");
        assertThat(line("Database").words()).containsPattern("(MySQL|MariaDB) \\d+\\.\\d+");
        assertThat(line("Sending lock").tone()).isEqualTo(Tone.GOOD);
        assertThat(line("Mails that wait").href()).isEqualTo("operator/queue");
    }

    @Test
    void clocksThatPartDisksThatFillAndPoolsThatRunOutAreSaid() {
        jdbc.update(OTHER, other, "source", 0, 5_000, 3, 200_000_000L);
        assertThat(line("Clocks").tone()).isEqualTo(Tone.ATTENTION);
        assertThat(line("Clocks").words()).contains("apart");
        assertThat(line("Disk").tone()).isEqualTo(Tone.BAD);
        assertThat(line("Connections to the database").words()).contains("3 wait");
        jdbc.update("UPDATE console_node SET clock_ms = -120000 WHERE id = ?", other);
        assertThat(line("Clocks").tone()).isEqualTo(Tone.BAD);
        assertThat(report().tone()).isEqualTo(Tone.BAD);
    }

    @Test
    void aNodeThatFellSilentIsSaidAndCountsNoMoreAndTwoVersionsAreToo() {
        jdbc.update(OTHER, other, "source", 300, 90_000, 0, 1L);
        assertThat(line("Nodes").tone()).isEqualTo(Tone.ATTENTION);
        assertThat(line("Nodes").words()).contains("1 node at work; 1 fell silent");
        assertThat(line("Clocks").tone()).as("what a dead node said is over").isEqualTo(Tone.GOOD);
        jdbc.update("UPDATE console_node SET seen_at = UTC_TIMESTAMP(6), version = '9.9' WHERE id = ?", other);
        assertThat(line("Nodes").words()).contains("2 versions");
    }

    @Test
    void theVersionIsToldAndAStartFromSourceHasNoListOfParts() {
        TestTenants.as(operator, () -> {
            OperatorVersion.Facts facts = version.facts();
            assertThat(facts.java()).startsWith("25");
            assertThat(facts.database()).containsPattern("(MySQL|MariaDB) \\d+");
            assertThat(facts.springBoot()).startsWith("4.");
            return true;
        });
    }

    @Test
    void noRoleOfABusinessReadsAnyOfIt() {
        TenantId acme = tenants.fresh("Acme");
        for (Role role : Role.builtIn()) {
            TestTenants.as(acme, role, () -> {
                for (Runnable deed : List.<Runnable>of(
                        health::report,
                        version::facts,
                        version::parts,
                        () -> version.writeParts(new java.io.ByteArrayOutputStream()))) {
                    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(deed::run);
                }
            });
        }
    }

    private Report report() {
        return TestTenants.as(operator, health::report);
    }

    private Line line(String name) {
        return report().lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
