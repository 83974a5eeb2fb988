package io.perennial.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignPersonalisation;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.content.TemplateDirectory;
import io.perennial.customers.ConsentService;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.Suppressions;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.CheckedVoucher.Verdict;
import io.perennial.promotions.PromotionDetails;
import io.perennial.promotions.PromotionResult;
import io.perennial.promotions.PromotionResults;
import io.perennial.promotions.PromotionState;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Redemptions;
import io.perennial.segments.Rules;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.Segments;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The chapters are no beans in tests, so each is put together here; the businesses are the real ones made small. */
@IntegrationTest
class AppreciationDaysTest {

    private static final int CUSTOMERS = 400;

    @Autowired
    CustomerImports imports;

    @Autowired
    ConsentService consents;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Segments segments;

    @Autowired
    Rules rules;

    @Autowired
    SegmentDirectory segmentDirectory;

    @Autowired
    TemplateDirectory templates;

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignControl control;

    @Autowired
    Promotions promotions;

    @Autowired
    PromotionResults results;

    @Autowired
    Redemptions till;

    @Autowired
    List<CampaignPersonalisation> personalisations;

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcClient jdbc;

    private List<SampleChapter> chapters;

    @BeforeEach
    void putTogether() {
        CampaignHistory history = new CampaignHistory(jdbc, templates);
        chapters = List.of(
                new CustomersAndOrders(imports, consents, suppressions, jdbc),
                new SegmentsAndCampaigns(segments, rules, templates, desk, history),
                new AppreciationDays(
                        promotions,
                        control,
                        history,
                        new VoucherHistory(jdbc, personalisations),
                        templates,
                        segmentDirectory));
    }

    @Test
    void aDayThatIsOverHasItsResultAndTheNextOneIsPlanned() {
        TenantId roaster = load(SampleBusiness.all().get(0));
        TestTenants.asOwner(roaster, () -> {
            List<PromotionDetails> days = promotions.all();
            assertThat(days)
                    .extracting(PromotionDetails::state)
                    .containsExactly(PromotionState.PLANNED, PromotionState.OVER);
            PromotionDetails next = days.getFirst();
            assertThat(desk.require(Objects.requireNonNull(next.announcement())).status())
                    .isEqualTo(CampaignStatus.SCHEDULED);
            PromotionDetails over = days.getLast();
            PromotionResult result = results.of(over.id());
            believable(over, result);
            assertThat(Objects.requireNonNull(desk.require(Objects.requireNonNull(over.thanks()))
                                    .audience())
                            .mailed())
                    .isPositive()
                    .isLessThanOrEqualTo(result.redeemed());
        });
    }

    @Test
    void onADayUnderWayTheTillTakesTheVouchersThatAreLeft() {
        TenantId outdoor = load(SampleBusiness.all().get(1));
        String left = code(outdoor, "IS NULL");
        TestTenants.asOwner(outdoor, () -> {
            PromotionDetails day = promotions.all().getFirst();
            assertThat(day.state()).isEqualTo(PromotionState.RUNNING);
            believable(day, results.of(day.id()));
            assertThat(desk.require(Objects.requireNonNull(day.thanks())).status())
                    .isEqualTo(CampaignStatus.SCHEDULED);
            assertThat(till.check(left).verdict()).isEqualTo(Verdict.VALID);
            assertThat(till.check(code(outdoor, "IS NOT NULL")).verdict()).isEqualTo(Verdict.USED);
        });
        TestTenants.asOwner(tenants.fresh("Globex"), () -> {
            assertThat(promotions.all()).isEmpty();
            assertThat(till.check(left).verdict()).isEqualTo(Verdict.UNKNOWN);
        });
    }

    @Test
    void loadingASecondTimeDoesNoHarm() {
        SampleBusiness pharmacy = SampleBusiness.all().get(2);
        TenantId tenant = load(pharmacy);
        List<PromotionDetails> before = TestTenants.asOwner(tenant, () -> promotions.all());
        ActingAs.system(tenant, () -> chapters.getLast().load(small(pharmacy)));
        assertThat(TestTenants.asOwner(tenant, () -> promotions.all())).isEqualTo(before);
        assertThat(before).extracting(PromotionDetails::state).containsExactly(PromotionState.OVER);
    }

    private static void believable(PromotionDetails day, PromotionResult result) {
        assertThat(result.issued()).isGreaterThan(CUSTOMERS / 10);
        assertThat(Objects.requireNonNull(result.mailed())).isEqualTo(result.issued());
        assertThat(result.redemptionRate()).isBetween(0.005, 0.25);
        assertThat(result.redeemed()).isEqualTo(day.redeemed());
        assertThat(result.cost()).isPositive().isEqualByComparingTo(day.cost());
        assertThat(result.redeemedRevenue()).isGreaterThan(result.cost()).isLessThanOrEqualTo(result.holdersRevenue());
    }

    private TenantId load(SampleBusiness sample) {
        TenantId tenant =
                businesses.create(sample.name(), sample.country(), sample.locale(), sample.zone(), sample.currency());
        ActingAs.system(tenant, () -> {
            businesses.update(new Business(
                    tenant,
                    sample.name(),
                    sample.country(),
                    sample.locale(),
                    sample.zone(),
                    sample.currency(),
                    sample.postalAddress(),
                    sample.senderName(),
                    sample.senderEmail(),
                    null,
                    null));
            chapters.forEach(chapter -> chapter.load(small(sample)));
        });
        return tenant;
    }

    private static SampleBusiness small(SampleBusiness b) {
        return new SampleBusiness(
                b.key(),
                b.name(),
                b.country(),
                b.locale(),
                b.zone(),
                b.currency(),
                b.postalAddress(),
                b.senderName(),
                CUSTOMERS,
                b.shareOfWomen(),
                b.countries(),
                b.priceStep(),
                b.mailDomains(),
                b.tags(),
                b.topics(),
                b.habits(),
                b.staff());
    }

    private String code(TenantId tenant, String redeemed) {
        return jdbc.sql("SELECT code FROM voucher WHERE tenant_id = ? AND redeemed_at " + redeemed + " LIMIT 1")
                .params(tenant.value())
                .query(String.class)
                .single();
    }
}
