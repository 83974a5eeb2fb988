package io.perennial.segments.ui;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.Role;
import io.perennial.kernel.TenantId;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.Segments;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SegmentPagesTest extends SpringBrowserlessTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    Segments segments;

    @Autowired
    KeptSegments kept;

    @Test
    void thePagesTellHowManyWhoAndWhy() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        long ada = kept.customer(acme, "Ada", "Brno");
        kept.customer(acme, "Bea", "Praha");
        kept.customer(globex, "Eve", "Brno");
        TestTenants.as(acme, Role.OWNER, () -> {
            SegmentRef brno = segments.create("People of Brno", of(Field.CITY, Operator.IS, "Brno"));
            navigate(SegmentsView.class);
            assertThat(page()).contains("Being counted");
            kept.lookAfter(acme);
            UI.getCurrent().navigate("segments/" + brno.id() + "/people");
            assertThat(page())
                    .contains("City is Brno")
                    .contains("Ada")
                    .doesNotContain("Eve")
                    .contains("Nobody came or left in this time.")
                    .contains("Two days are needed");
            kept.move(ada, "Praha");
            kept.lookAfter(acme);
            open(brno, "people", "customer", Long.toString(ada));
            assertThat(page())
                    .contains("Ada is not in it")
                    .contains("Does not hold:")
                    .contains("What turned: “City is Brno”")
                    .contains("Nobody is in it now.");
            navigate(SegmentsView.class);
            assertThat(page()).contains("People of Brno").contains("0 customers");
        });
    }

    @Test
    void aRegionOfAnOverlapBecomesASegment() {
        TenantId acme = tenants.fresh("Acme");
        kept.customer(acme, "Ada", "Brno");
        kept.customer(acme, "Bea", "Brno");
        TestTenants.as(acme, Role.OWNER, () -> {
            SegmentRef brno = segments.create("People of Brno", of(Field.CITY, Operator.IS, "Brno"));
            UI.getCurrent().navigate("segments/" + brno.id() + "/overlap");
            assertThat(page()).contains("Nothing to compare with yet");
            SegmentRef ada = segments.create("Adas", of(Field.FIRST_NAME, Operator.IS, "Ada"));
            open(brno, "overlap", "with", ada.id().toString());
            assertThat(page()).contains("still being counted");
            kept.lookAfter(acme);
            open(brno, "overlap", "with", ada.id().toString());
            assertThat(page()).contains("Both share 1 of 2 customers");
            Button make = find(Button.class).all().stream()
                    .filter(b -> b.getText().equals("Make a segment"))
                    .findFirst()
                    .orElseThrow();
            test(make).click();
            assertThat(segments.list()).hasSize(3);
        });
    }

    private static void open(SegmentRef segment, String page, String key, String value) {
        UI.getCurrent().navigate("segments/" + segment.id() + "/" + page, QueryParameters.simple(Map.of(key, value)));
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }
}
