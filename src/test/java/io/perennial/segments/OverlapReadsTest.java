package io.perennial.segments;

import static io.perennial.segments.WordsSql.PLACES;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What an overlap reads, in rows that the database's engine handed out on the connection that asked. */
@IntegrationTest
@TenantSql("Puts members where the test wants them.")
class OverlapReadsTest {

    private static final long CUSTOMERS = 8 * 64 * 64;

    /** Members of the segments asked for. Of that much of a business the optimizer would rather read all, if it may. */
    private static final long ASKED = 3 * CUSTOMERS;

    @Autowired
    Segments segments;

    @Autowired
    Membership membership;

    @Autowired
    TestTenants tenants;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    /** So large a share of the table would lead the optimizer of the next run elsewhere. */
    @AfterEach
    void nobodyStays() {
        jdbc.update("DELETE FROM segment_member WHERE tenant_id IN (?, ?)", acme.value(), globex.value());
    }

    @Test
    void onlyMembersOfTheSegmentsComparedAreRead() {
        List<SegmentId> all = full(acme, 4);
        full(globex, 1);
        jdbc.execute("ANALYZE TABLE segment_member");
        TestTenants.asOwner(
                acme,
                () -> transaction.executeWithoutResult(same -> {
                    long before = readAlongKeys();
                    List<OverlapRegion> regions = membership.overlap(all.subList(0, 3));
                    long read = readAlongKeys() - before;
                    assertThat(regions.getLast().customers()).isEqualTo(CUSTOMERS);
                    assertThat(read).isBetween(ASKED, ASKED * 11 / 10);
                }));
    }

    private List<SegmentId> full(TenantId tenant, int count) {
        List<SegmentId> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "Everybody " + i;
            all.add(TestTenants.asOwner(
                    tenant, () -> segments.create(name, Rule.everybody()).id()));
            jdbc.update(
                    "INSERT INTO segment_member (tenant_id, segment_id, customer_id, entered_at) "
                            + "SELECT ?, ?, (a.place << 12) + (b.place << 6) + c.place, UTC_TIMESTAMP(6) FROM ("
                            + PLACES
                            + ") a, (" + PLACES + ") b, (" + PLACES + ") c WHERE a.place < 8",
                    tenant.value(),
                    all.getLast().value());
        }
        return all;
    }

    /** How often the next row of a key was asked for; temporary tables have counts of their own. */
    private long readAlongKeys() {
        Long read =
                jdbc.queryForObject("SHOW SESSION STATUS LIKE 'Handler_read_next'", (row, n) -> row.getLong("Value"));
        return read == null ? 0 : read;
    }
}
