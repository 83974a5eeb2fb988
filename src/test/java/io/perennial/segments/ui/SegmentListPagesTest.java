package io.perennial.segments.ui;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.Role;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerListItem;
import io.perennial.customers.CustomerQuery;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.SegmentArchive;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentLists;
import io.perennial.segments.Segments;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SegmentListPagesTest extends SpringBrowserlessTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    Segments segments;

    @Autowired
    SegmentArchive archive;

    @Autowired
    SegmentLists lists;

    @Autowired
    CustomerList customers;

    @Autowired
    KeptSegments kept;

    private TenantId acme;
    private CustomerId ada;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        ada = new CustomerId(kept.customer(acme, "Ada", "Brno"));
        kept.customer(globex, "Eve", "Brno");
    }

    @Test
    void peopleArePutOnAListAndTakenOffOnItsPage() {
        TestTenants.as(acme, Role.OWNER, () -> {
            SegmentId list = lists.create("Guests").id();
            UI.getCurrent().navigate("segments/" + list);
            assertThat(page())
                    .as("a list has no rule to show")
                    .contains("A list you keep by hand")
                    .contains("Nobody is on it yet.");
            CustomerPicker picker = find(CustomerPicker.class).all().getFirst();
            picker.setValue(found("Ada"));
            assertThat(page())
                    .contains("Ada")
                    .contains("Put on the list by OWNER")
                    .doesNotContain("Eve");
            test(button("Take off")).click();
            assertThat(page()).contains("Nobody is on it yet.").contains("Taken off the list by OWNER");
            lists.add(list, List.of(ada));
            UI.getCurrent().navigate("segments/" + list + "/people", QueryParameters.of("customer", ada.toString()));
            assertThat(page()).contains("Ada is in it").contains("put on the list by OWNER");
        });
        TestTenants.as(acme, Role.SUPPORT, () -> {
            UI.getCurrent().navigate("segments/" + lists.lists().getFirst().id() + "/people");
            assertThat(find(Button.class).all()).noneMatch(b -> b.getText().equals("Take off"));
        });
    }

    @Test
    void whatIsArchivedIsFoundBehindAFilterAndSaysSo() {
        TestTenants.as(acme, Role.OWNER, () -> {
            SegmentId brno = segments.create("People of Brno", of(Field.CITY, Operator.IS, "Brno"))
                    .id();
            archive.archive(brno);
            navigate(SegmentsView.class);
            assertThat(page()).doesNotContain("People of Brno").contains("Archived (1)");
            UI.getCurrent().navigate("segments", QueryParameters.of("show", "archived"));
            assertThat(page()).contains("People of Brno").doesNotContain("Ready-made segments");
            UI.getCurrent().navigate("segments/" + brno + "/people");
            assertThat(page()).contains("Archived: not kept up to date").doesNotContain("Being counted");
            assertThat(find(Anchor.class).all())
                    .as("nothing leads to a campaign with it")
                    .noneMatch(link -> link.isVisible() && link.getText().equals("Use in a campaign"));
        });
    }

    @Test
    void aSegmentSaysWhatUsesIt() {
        TestTenants.as(acme, Role.OWNER, () -> {
            SegmentId list = lists.create("Guests").id();
            segments.create("Guests of Brno", new Rule.Member(list, true));
            UI.getCurrent().navigate("segments/" + list + "/people");
            assertThat(page()).contains("Used by").contains("The segment Guests of Brno");
        });
    }

    private CustomerListItem found(String name) {
        CustomerQuery query =
                new CustomerQuery(name, null, null, null, null, null, null, CustomerQuery.Sort.NAME, false);
        return customers.list(query, 0, 10).getFirst();
    }

    private Button button(String words) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(words))
                .findFirst()
                .orElseThrow();
    }

    private String page() {
        return getCurrentView().getElement().getTextRecursively();
    }
}
