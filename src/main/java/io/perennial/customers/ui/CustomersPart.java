package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.GuidePart;
import io.perennial.accounts.Permission;
import io.perennial.customers.Customers;
import io.perennial.customers.SampleShops;
import io.perennial.customers.SampleState.Stage;

/** Last step of the guide: customers of one's own, or made-up ones to look around with. */
@org.springframework.stereotype.Component
class CustomersPart implements GuidePart {

    private final Customers customers;
    private final SampleShops samples;

    CustomersPart(Customers customers, SampleShops samples) {
        this.customers = customers;
        this.samples = samples;
    }

    @Override
    public String key() {
        return "customers";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public boolean isOffered() {
        return CurrentStaff.may(Permission.CUSTOMER_IMPORT) && CurrentStaff.may(Permission.CUSTOMER_READ);
    }

    @Override
    public String title() {
        return t("customers.guide.title");
    }

    @Override
    public String lead() {
        return t("customers.guide.lead");
    }

    @Override
    public String summary() {
        if (samples.state().stage() != Stage.NONE) {
            return t("customers.guide.summary_sample");
        }
        return customers.any() ? t("customers.guide.summary_own") : t("customers.guide.summary_none");
    }

    @Override
    public Component form(Runnable done) {
        return new SamplePanel(customers, samples, done);
    }
}
