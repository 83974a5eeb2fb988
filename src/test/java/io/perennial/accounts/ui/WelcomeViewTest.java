package io.perennial.accounts.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Guide;
import io.perennial.accounts.Guide.Outcome;
import io.perennial.accounts.GuideAddition;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The guide of a new business: saved step by step, skipped, taken up again. */
@IntegrationTest
class WelcomeViewTest extends SpringBrowserlessTest {

    @Autowired
    Businesses businesses;

    @Autowired
    Guide guide;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoNewBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void aStepAndWhatIsAddedToItAreSavedTogetherOrNotAtAll() {
        GuideAddition failing = new GuideAddition() {
            @Override
            public String step() {
                return "brand";
            }

            @Override
            public Fields fields() {
                return new Fields() {
                    @Override
                    public Component component() {
                        return new Span();
                    }

                    @Override
                    public void save() {
                        throw new StaffRuleException(Rule.PERSON_NAME);
                    }
                };
            }
        };
        TestTenants.asOwner(acme, () -> {
            GuideForm form = new BrandPart(businesses, guide, List.of(failing))
                    .form(() -> fail("told that all of it was saved"));
            UI.getCurrent().add(form);
            test(find(TextArea.class).single()).setValue("Acme\nRoad 1\nBrno");
            press("Save and go on");
            assertThat(businesses.current().postalAddress()).isNull();
        });
    }

    @Test
    void eachStepIsSavedOnItsOwnAndTheNextOpens() {
        TestTenants.asOwner(acme, () -> {
            navigate(WelcomeView.class);
            assertThat(open()).isEqualTo("Your business");
            test(field("Business name")).setValue("Acme Coffee");
            press("Save and go on");
            assertThat(businesses.current().name()).isEqualTo("Acme Coffee");
            assertThat(open()).isEqualTo("Your brand");

            press("Save and go on");
            assertThat(open()).as("without a postal address").isEqualTo("Your brand");
            test(find(TextArea.class).single()).setValue("Acme\nRoad 1\nBrno");
            press("Save and go on");
            assertThat(open()).isEqualTo("Who writes to your customers");

            press("Skip for now");
            assertThat(open()).isEqualTo("Your customers");
            assertThat(guide.state().outcomes())
                    .containsOnly(
                            Map.entry("business", Outcome.DONE),
                            Map.entry("brand", Outcome.DONE),
                            Map.entry("sender", Outcome.SKIPPED));
        });
        TestTenants.asOwner(globex, () -> {
            assertThat(guide.state().begun()).isFalse();
            assertThat(businesses.current().name()).startsWith("Globex");
        });
    }

    @Test
    void whoComesBackGoesOnWhereItStandsAndMayTakeUpWhatWasSkipped() {
        TestTenants.asOwner(acme, () -> {
            guide.open();
            guide.mark("business", Outcome.DONE);
            guide.mark("brand", Outcome.SKIPPED);
            navigate(WelcomeView.class);
            assertThat(open()).isEqualTo("Who writes to your customers");
            UI.getCurrent().navigate("welcome", QueryParameters.of("step", "brand"));
            assertThat(open()).isEqualTo("Your brand");
            test(find(TextArea.class).single()).setValue("Road 2");
            press("Save and go on");
            assertThat(guide.state().outcomes()).containsEntry("brand", Outcome.DONE);
            UI.getCurrent().navigate("welcome", QueryParameters.of("step", "nonsense"));
            assertThat(open()).isEqualTo("Who writes to your customers");
        });
    }

    @Test
    void aStepLeavesWhatAnotherTabSavedMeanwhile() {
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("welcome", QueryParameters.of("step", "sender"));
            Business b = businesses.current();
            businesses.update(new Business(
                    b.id(),
                    "Renamed",
                    b.country(),
                    b.locale(),
                    b.zone(),
                    b.currency(),
                    "Road 3",
                    null,
                    null,
                    null,
                    null));
            test(find(EmailField.class).single()).setValue("hello@acme.example");
            press("Save and go on");
            assertThat(businesses.current().name()).isEqualTo("Renamed");
            assertThat(businesses.current().postalAddress()).isEqualTo("Road 3");
            assertThat(businesses.current().senderEmail()).isEqualTo("hello@acme.example");
        });
    }

    @Test
    void leavingItIsRememberedAndOpeningItAgainToo() {
        TestTenants.asOwner(acme, () -> {
            navigate(WelcomeView.class);
            press("Later");
            assertThat(guide.state().left()).isTrue();
            navigate(WelcomeView.class);
            assertThat(guide.state().left()).isFalse();
            for (String step : List.of("business", "brand", "sender", "customers")) {
                guide.mark(step, Outcome.DONE);
            }
            guide.mark("brand", Outcome.SKIPPED);
            assertThat(guide.state().isDone("brand")).as("done stays done").isTrue();
            UI.getCurrent().navigate("welcome");
            assertThat(find(H1.class).all()).extracting(H1::getText).contains("Acme is set up");
        });
    }

    @Test
    void whoMayNotChangeSettingsHasNoGuide() {
        TestTenants.as(acme, Role.SUPPORT, () -> {
            UI.getCurrent().navigate("welcome");
            assertThat(find(WelcomeView.class).all()).isEmpty();
            return true;
        });
    }

    private String open() {
        return find(ListItem.class).all().stream()
                .filter(item -> item.hasClassName("open"))
                .map(item -> find(H2.class, item).single().getText())
                .findFirst()
                .orElse("");
    }

    private TextField field(String label) {
        return find(TextField.class).withCaption(label).single();
    }

    private void press(String text) {
        test(find(Button.class).withText(text).single()).click();
    }
}
