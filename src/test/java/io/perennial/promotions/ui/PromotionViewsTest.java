package io.perennial.promotions.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Role;
import io.perennial.campaigns.CampaignPersonalisation;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateRef;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.PromotionId;
import io.perennial.promotions.PromotionState;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Shop;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.Segments;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
class PromotionViewsTest extends SpringBrowserlessTest {

    @Autowired
    Promotions promotions;

    @Autowired
    Segments segments;

    @Autowired
    TemplateDirectory templates;

    @Autowired
    Shop shop;

    @Autowired
    List<CampaignPersonalisation> personalisations;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;
    private CustomerId ada;

    @BeforeEach
    void twoShops() {
        acme = shop.open("Acme");
        globex = shop.open("Globex");
        ada = shop.customer(acme, "Ada");
    }

    @Test
    void anEmptyListLeadsToTheFirstDay() {
        TestTenants.asOwner(acme, () -> {
            navigate(PromotionsView.class);
            assertThat(words()).contains("No appreciation day yet").contains("New appreciation day");
        });
        TestTenants.as(acme, Role.SUPPORT, () -> {
            navigate(PromotionsView.class);
            assertThat(words()).contains("No appreciation day yet").contains("Redeem a voucher");
        });
    }

    @Test
    void theListShowsTheDaysOfThisBusinessAlone() {
        planned(acme);
        TestTenants.asOwner(acme, () -> {
            navigate(PromotionsView.class);
            assertThat(words()).contains("Thank you day").contains("15% off").contains("Planned");
        });
        TestTenants.asOwner(globex, () -> {
            navigate(RedeemView.class); // the same address again would show the page that is there
            navigate(PromotionsView.class);
            assertThat(words()).doesNotContain("Thank you day");
        });
    }

    @Test
    void aDayIsPlannedOnOnePage() {
        TestTenants.asOwner(acme, () -> {
            open("promotions/new");
            assertThat(words())
                    .contains("Reaches 1 customer")
                    .contains("2 things are still missing")
                    .contains("Give the promotion a name.")
                    .contains("Choose the mail that brings the voucher.");
            assertThat(alerts()).isEmpty(); // nothing was touched yet
            test(text("Name")).setValue("Thank you, Ada");
            test(button("Use the ready-made mail")).click();
            counted();
            test(button("Plan for 1 customer")).click();
            test(find(ConfirmDialog.class).single()).confirm();
            assertThat(words()).contains("Planned").contains("1 customer would be reached now");
            assertThat(promotions.all())
                    .singleElement()
                    .satisfies(day -> assertThat(day.state()).isEqualTo(PromotionState.PLANNED));
        });
    }

    @Test
    void whatIsMissingIsSaidAtItsPlaceWhenTheDeedIsAskedFor() {
        TestTenants.asOwner(acme, () -> {
            open("promotions/new");
            test(button("Plan it")).click();
            assertThat(alerts())
                    .containsExactly("Give the promotion a name.", "Choose the mail that brings the voucher.");
            assertThat(find(ConfirmDialog.class).all()).isEmpty();
            assertThat(promotions.all()).isEmpty();
        });
    }

    @Test
    void daysAgainstTheirOrderAndInThePastAreRefusedInWords() {
        TestTenants.asOwner(acme, () -> {
            open("promotions/new");
            LocalDate day = date("Day").getValue();
            date("Last day").setValue(day.minusDays(2));
            counted();
            assertThat(alerts()).containsExactly("The first day of the voucher is after its last. Swap them.");
            date("Day").setValue(LocalDate.now(Shop.ZONE).minusDays(1));
            counted();
            assertThat(alerts()).anyMatch(line -> line.endsWith("is past. Choose a day from today on."));
            assertThat(words()).contains("The announcement would go out in the past.");
            test(text("Name")).setValue("Too late");
            test(button("Plan it")).click();
            assertThat(promotions.all()).isEmpty();
            date("Day").clear();
            counted();
            assertThat(words()).contains("Fill in all days and times first.");
            test(button("Plan it")).click();
            assertThat(promotions.all()).isEmpty();
        });
    }

    @Test
    void anEmptyAudienceIsRefusedInWords() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef nobody = segments.create("Nobody", Rule.Condition.of(Rule.Field.CITY, Operator.IS, "Atlantis"));
            open("promotions/new");
            include().setValue(Set.of(nobody));
            counted();
            assertThat(words()).contains("Reaches nobody");
            assertThat(alerts()).containsExactly("Nobody is in the chosen segments now. Choose others.");
        });
    }

    @Test
    void aMailThatDoesNotCompileIsRefusedInWords() {
        TestTenants.asOwner(acme, () -> {
            TemplateRef broken = templates.save("Broken", "For you", "", "<mjml><mj-body>{% if x %}</mj-body></mjml>");
            open("promotions/new");
            test(text("Name")).setValue("Thank you, Ada");
            announcement().setValue(broken);
            counted();
            assertThat(alerts()).singleElement().asString().startsWith("This mail cannot be sent yet: ");
            test(button("Plan it")).click();
            assertThat(promotions.all()).isEmpty();
        });
    }

    @Test
    void aTimeThatDoesNotExistIsMovedAndThatIsSaid() {
        TestTenants.asOwner(acme, () -> {
            ZoneOffsetTransition gap = nextGap();
            open("promotions/new");
            LocalDateTime within = gap.getDateTimeBefore().plusMinutes(30);
            date("Day").setValue(within.toLocalDate().plusDays(3));
            find(DateTimePicker.class).all().getFirst().setValue(within);
            counted();
            assertThat(words()).contains("does not exist that day, because the clocks go forward. It goes out at 3:30");
        });
    }

    @Test
    void thanksMayGoOutOnTheLastEveningButNotBefore() {
        TestTenants.asOwner(acme, () -> {
            open("promotions/new");
            find(Button.class).all().stream()
                    .filter(b -> b.isVisible() && b.getText().equals("Use the ready-made mail"))
                    .toList()
                    .getLast()
                    .click();
            DateTimePicker thanks = find(DateTimePicker.class).all().getLast();
            LocalDate last = date("Last day").getValue();
            thanks.setValue(last.minusDays(1).atTime(20, 0));
            counted();
            assertThat(alerts()).singleElement().asString().contains("before the last day of the vouchers");
            thanks.setValue(last.atTime(20, 0));
            counted();
            assertThat(alerts()).isEmpty();
            assertThat(words()).contains("To those who redeemed their voucher by then");
        });
    }

    @Test
    void theTillTakesAVoucherOnceAndTheResultCountsIt() {
        PromotionId day = planned(acme);
        String code = voucher(acme, day, ada);
        TestTenants.as(acme, Role.SUPPORT, () -> {
            navigate(RedeemView.class);
            type(code);
            assertThat(words()).contains("Valid").contains("For Ada").contains("15% off");
            find(BigDecimalField.class).single().setValue(new BigDecimal("-1"));
            test(button("Redeem")).click();
            assertThat(words()).contains("Valid");
            find(BigDecimalField.class).single().setValue(new BigDecimal("200"));
            test(button("Redeem")).click();
            assertThat(words()).contains("Redeemed");
            type(code);
            assertThat(words()).contains("Already used").contains("SUPPORT took it");
            type("nonsense");
            assertThat(words()).contains("Check the code");
        });
        TestTenants.asOwner(globex, () -> {
            navigate(RedeemView.class);
            type(code);
            assertThat(words()).contains("Not a voucher of yours").doesNotContain("Ada");
        });
        jdbc.update(
                "UPDATE campaign SET audience = 1, left_excluded = 0, left_no_address = 0, left_unsubscribed = 0, "
                        + "left_bounced = 0, left_complained = 0, left_suppressed = 0, left_topic = 0, left_paused = 0, left_frequency = 0, "
                        + "quiet_later = 0 "
                        + "WHERE tenant_id = ?",
                acme.value());
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("promotions/" + day);
            assertThat(words())
                    .contains("100.0% of the vouchers")
                    .contains("CZK\u00a030")
                    .contains("CZK\u00a0200");
        });
    }

    @Test
    void vouchersTooEarlyOrTooLateAreNotTaken() {
        PromotionId day = planned(acme);
        String code = voucher(acme, day, ada);
        LocalDate today = LocalDate.now(Shop.ZONE);
        move(day, today.plusDays(2), today.plusDays(3));
        TestTenants.asOwner(acme, () -> {
            navigate(RedeemView.class);
            type(code);
            assertThat(words()).contains("Not valid yet");
        });
        move(day, today.minusDays(3), today.minusDays(2));
        TestTenants.asOwner(acme, () -> {
            navigate(RedeemView.class);
            type(code);
            assertThat(words()).contains("Expired");
            assertThat(find(Button.class).all()).noneMatch(b -> b.getText().equals("Redeem"));
        });
    }

    @Test
    void aDayOfAnotherBusinessIsNotThereAndWhoMayOnlyReadChangesNothing() {
        PromotionId day = planned(acme);
        PromotionId draft =
                TestTenants.asOwner(acme, () -> promotions.create(shop.today(Shop.percent("15"), null, null)));
        TestTenants.asOwner(globex, () -> {
            UI.getCurrent().navigate("promotions/" + day);
            assertThat(words()).contains("This promotion is not here").doesNotContain("Thank you day");
            UI.getCurrent().navigate("promotions/no-number");
            assertThat(words()).contains("This promotion is not here");
        });
        TestTenants.as(acme, Role.SUPPORT, () -> {
            UI.getCurrent().navigate("promotions/" + day);
            assertThat(words()).contains("Thank you day").doesNotContain("Cancel promotion");
            UI.getCurrent().navigate("promotions/" + draft);
            assertThat(words()).contains("Draft").doesNotContain("Save draft");
        });
    }

    private PromotionId planned(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> {
            PromotionId id = promotions.create(shop.today(Shop.percent("15"), null, null));
            promotions.plan(id);
            return id;
        });
    }

    /** As the announcement makes it. */
    @SuppressWarnings("unchecked")
    private String voucher(TenantId tenant, PromotionId day, CustomerId customer) {
        return TestTenants.asOwner(tenant, () -> {
            Map<String, Object> mail = Objects.requireNonNull(personalisations.stream()
                    .filter(p -> p.kind().equals("promotion"))
                    .findFirst()
                    .orElseThrow()
                    .variables(day.value(), List.of(customer))
                    .get(customer));
            return ((Map<String, String>) Objects.requireNonNull(mail.get("voucher"))).get("code");
        });
    }

    private void move(PromotionId day, LocalDate from, LocalDate until) {
        jdbc.update(
                "UPDATE promotion SET valid_from = ?, valid_until = ? WHERE tenant_id = ? AND id = ?",
                from,
                until,
                acme.value(),
                day.value());
    }

    private static ZoneOffsetTransition nextGap() {
        ZoneOffsetTransition next =
                Shop.ZONE.getRules().nextTransition(Instant.now().plus(Duration.ofDays(2)));
        return next.isGap() ? next : Shop.ZONE.getRules().nextTransition(next.getInstant());
    }

    private void open(String path) {
        UI.getCurrent().navigate(path);
        counted();
    }

    /** Waits until the page's last change has been counted beside it. */
    private void counted() {
        await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> {
            roundTrip();
            return !find(PromotionEditor.class).single().isWaiting();
        });
    }

    private void type(String code) {
        find(TextField.class).single().setValue(code);
        test(button("Check")).click();
    }

    /** What is said beside the fields. */
    private List<String> alerts() {
        return find(PromotionForm.class)
                .single()
                .getElement()
                .getChildren()
                .flatMap(section -> section.getChildren())
                .filter(e -> "alert".equals(e.getAttribute("role")) && e.isVisible())
                .map(e -> e.getText())
                .toList();
    }

    private String words() {
        return UI.getCurrent().getInternals().getActiveRouterTargetsChain().getFirst() instanceof Component page
                ? page.getElement().getTextRecursively()
                : "";
    }

    private Button button(String words) {
        return find(Button.class).all().stream()
                .filter(b -> b.isVisible() && b.getText().equals(words))
                .findFirst()
                .orElseThrow();
    }

    private TextField text(String label) {
        return find(TextField.class).all().stream()
                .filter(f -> label.equals(f.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    private DatePicker date(String label) {
        return find(DatePicker.class).all().stream()
                .filter(f -> label.equals(f.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Select<TemplateRef> announcement() {
        return find(Select.class).all().stream()
                .filter(f -> "Mail with the voucher".equals(f.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private MultiSelectComboBox<SegmentRef> include() {
        return find(MultiSelectComboBox.class).all().getFirst();
    }
}
