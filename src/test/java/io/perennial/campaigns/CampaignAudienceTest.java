package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.SegmentId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class CampaignAudienceTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignFixtures fixtures;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        fixtures.makeReady(acme);
        fixtures.makeReady(globex);
        fixtures.customer(globex, "gus", "Brno");
    }

    @Test
    void countsEachPersonOnceByTheFirstReason() {
        fixtures.customer(acme, "ada", "Brno");
        fixtures.customer(acme, "bob", "Praha");
        fixtures.customer(acme, "cyd", "Plzen");
        fixtures.customerWithoutAddress(acme, "dan", "Brno");
        fixtures.customer(acme, "eve", "Brno");
        fixtures.suppress(acme, "eve", "UNSUBSCRIBED");
        fixtures.customer(acme, "fay", "Brno");
        fixtures.suppress(acme, "fay", "BOUNCED");
        fixtures.customer(acme, "gil", "Praha");
        fixtures.suppress(acme, "gil", "ERASED");
        CustomerId hal = fixtures.customer(acme, "hal", "Brno");
        fixtures.withdraw(acme, hal, "news");
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = fixtures.livingIn("Brno");
            SegmentId praha = fixtures.livingIn("Praha");
            assertThat(desk.audience(List.of(brno, praha), List.of(), "news"))
                    .isEqualTo(new AudienceCount(2, 0, 1, 1, 1, 0, 1, 1));
            assertThat(desk.audience(List.of(brno, praha), List.of(praha), "news"))
                    .isEqualTo(new AudienceCount(1, 2, 1, 1, 1, 0, 0, 1));
            assertThat(desk.audience(List.of(brno), List.of(), null).mailed()).isEqualTo(2);
            assertThat(desk.audience(List.of(), List.of(), "news").mailed()).isEqualTo(3);
        });
    }

    @Test
    void aPersonInTwoSegmentsIsCountedOnce() {
        fixtures.customer(acme, "ada", "Brno");
        TestTenants.asOwner(acme, () -> {
            SegmentId one = fixtures.livingIn("Brno");
            SegmentId two = fixtures.livingIn("Brno");
            assertThat(desk.audience(List.of(one, two), List.of(), null).mailed())
                    .isEqualTo(1);
            assertThat(desk.audience(List.of(one), List.of(two), null))
                    .isEqualTo(new AudienceCount(0, 1, 0, 0, 0, 0, 0, 0));
        });
    }

    @Test
    void anotherBusinessSuppressionAndCustomersAreNotSeen() {
        fixtures.customer(acme, "ada", "Brno");
        fixtures.suppress(globex, "ada", "UNSUBSCRIBED");
        TestTenants.asOwner(
                acme,
                () -> assertThat(desk.audience(List.of(), List.of(), "news"))
                        .isEqualTo(new AudienceCount(1, 0, 0, 0, 0, 0, 0, 0)));
    }
}
