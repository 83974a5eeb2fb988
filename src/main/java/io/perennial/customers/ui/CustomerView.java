package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StepUp;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentState;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerChoices;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerMerge;
import io.perennial.customers.CustomerMerges;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.CustomerTimeline;
import io.perennial.customers.Customers;
import io.perennial.customers.Erasures;
import io.perennial.customers.FormerCustomer;
import io.perennial.customers.PersonExport;
import io.perennial.customers.ProfileContribution;
import io.perennial.customers.StaffConsentRequests;
import io.perennial.customers.Suppression;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.customers.TrackingChoices;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.uikit.Card;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One customer whole: who they are, whether we may mail them, what they bought, what happened. */
@Route("customers/:customer([0-9]{1,18})")
@RolesAllowed(Permission.Names.CUSTOMER_READ)
class CustomerView extends Main implements HasDynamicTitle, BeforeEnterObserver {

    private final transient Customers customers;
    private final transient CustomerTags tags;
    private final transient ConsentService consents;
    private final transient Suppressions suppressions;
    private final transient TrackingChoices tracking;
    private final transient StaffConsentRequests requests;
    private final transient CustomerChoices choices;
    private final transient CustomerMerges merges;
    private final transient CustomerTimeline timeline;
    private final transient PersonExport export;
    private final transient StepUp proof;
    private final transient Erasures erasures;
    private final transient CustomerAttributes attributes;
    private final transient CustomerList list;
    private final transient List<ProfileContribution> contributions;
    private final transient Business business;
    private final ZoneId zone;
    private final Map<String, Card> parts = new HashMap<>();
    private String title = "";

    CustomerView(
            Customers customers,
            CustomerTags tags,
            ConsentService consents,
            Suppressions suppressions,
            TrackingChoices tracking,
            StaffConsentRequests requests,
            CustomerChoices choices,
            CustomerMerges merges,
            CustomerTimeline timeline,
            PersonExport export,
            StepUp proof,
            Erasures erasures,
            CustomerAttributes attributes,
            CustomerList list,
            List<ProfileContribution> contributions,
            Businesses businesses) {
        this.customers = customers;
        this.tags = tags;
        this.consents = consents;
        this.suppressions = suppressions;
        this.tracking = tracking;
        this.requests = requests;
        this.choices = choices;
        this.merges = merges;
        this.timeline = timeline;
        this.export = export;
        this.proof = proof;
        this.erasures = erasures;
        this.attributes = attributes;
        this.list = list;
        this.contributions = contributions;
        this.business = businesses.current();
        this.zone = Reader.zone(business.zone());
        addClassName("page");
    }

    /** The route's parameter for a customer. */
    static RouteParameters parameters(CustomerId id) {
        return new RouteParameters("customer", id.toString());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<CustomerId> id = event.getRouteParameters()
                .get("customer")
                .map(Long::parseLong)
                .filter(value -> value > 0)
                .map(CustomerId::new);
        Optional<Customer> customer = id.flatMap(customers::find);
        if (customer.isPresent()) {
            show(customer.get());
            return;
        }
        Optional<FormerCustomer> former = id.flatMap(customers::former);
        CustomerId survivor = former.map(FormerCustomer::survivor).orElse(null);
        if (survivor != null) {
            event.forwardTo(CustomerView.class, parameters(survivor));
        } else if (former.isPresent()) {
            showErased(former.get());
        } else {
            event.rerouteToError(NotFoundException.class, t("customers.not_found"));
        }
    }

    private void showErased(FormerCustomer former) {
        title = t("customers.erased_person");
        removeAll();
        Anchor all = new Anchor("customers", t("customers.erased_person_on"));
        all.addClassName("button-link");
        all.setRouterIgnore(false);
        add(
                new PageHead(title, t("customers.erased_person_at", Formats.dateTime(former.at(), zone))),
                new EmptyState(
                        VaadinIcon.ERASER, t("customers.erased_nothing"), t("customers.erased_nothing_hint"), all));
    }

    /** Shows them as they are now, after a deed in a part of the page: there the keyboard goes on. */
    private Runnable again(CustomerId id, String part) {
        return () -> {
            Optional<Customer> now = customers.find(id);
            if (now.isEmpty()) {
                Toasts.error(t("customers.gone_meanwhile"));
                return;
            }
            show(now.get());
            Card changed = parts.get(part);
            if (changed != null) {
                changed.focusTitle();
            }
        };
    }

    private Card part(String key, Component... content) {
        Card card = Card.titled(t(key), content);
        parts.put(key, card);
        return card;
    }

    @Override
    public String getPageTitle() {
        return title;
    }

    private void show(Customer customer) {
        title = customer.displayName();
        removeAll();
        parts.clear();
        CustomerId id = customer.id();
        Optional<EmailAddress> address = Optional.ofNullable(customer.email()).flatMap(EmailAddress::parse);
        Optional<Suppression> suppression = address.flatMap(suppressions::find);
        List<ConsentState> states = consents.preferences(id);
        String lead = customer.email() == null
                ? t("customers.no_email")
                : title.equals(customer.email()) ? t("customers.no_name") : customer.email();
        PageHead head = new PageHead(title, lead, actions(customer, address, suppression));
        head.addBesideTitle(Mailability.badge(customer, suppression, states));
        add(head);
        Mailability.explanation(suppression, zone).ifPresent(this::add);
        add(new CustomerFigures(customers.summary(id), business.currency(), zone));
        Div main = new Div(
                part("customers.timeline.title", new TimelineList(timeline, id, zone)),
                part("customers.orders_title", new OrderList(customers, id, business)));
        Runnable consented = again(id, "customers.consent_title");
        Div side = new Div(
                part(
                        "customers.consent_title",
                        new ConsentPanel(consents, id, states, zone, consented),
                        new AskPanel(requests, choices, customer, states, zone, consented),
                        new TrackingPanel(tracking, id, zone, consented)),
                part("customers.details", new CustomerDetails(tags, list, customer)),
                part("attributes.title", new AttributesPanel(attributes, id)));
        ProfileParts.of(id, contributions, again(id, "attributes.title")).forEach(side::add);
        if (PrivacyPanel.isOfUse()) {
            side.add(part("customers.privacy", new PrivacyPanel(export, erasures, customer, proof)));
        }
        List<CustomerMerge> merged = merges.of(id);
        if (!merged.isEmpty()) {
            side.add(
                    part("privacy.merge.card", new MergesPanel(merges, merged, zone, again(id, "privacy.merge.card"))));
        }
        main.addClassName("profile-main");
        side.addClassName("profile-side");
        Div columns = new Div(main, side);
        columns.addClassName("profile-columns");
        add(columns);
    }

    private Component[] actions(Customer customer, Optional<EmailAddress> address, Optional<Suppression> suppression) {
        if (!CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
            return new Component[0];
        }
        Button edit = new Button(
                t("customers.edit"),
                e -> new CustomerEditor(customers, customer, again(customer.id(), "customers.details")).open());
        if (address.isEmpty()) {
            return new Component[] {edit};
        }
        if (suppression.isEmpty()) {
            Button suppress = new Button(t("customers.suppress"), e -> {
                suppressions.suppress(address.get(), SuppressionReason.MANUAL, staff());
                Toasts.success(t("customers.suppressed_now"));
                again(customer.id(), "customers.consent_title").run();
            });
            return new Component[] {suppress, edit};
        }
        if (suppression.get().reason() == SuppressionReason.MANUAL) {
            Button lift = new Button(t("customers.lift"), e -> {
                suppressions.liftManual(address.get());
                Toasts.success(t("customers.lifted_now"));
                again(customer.id(), "customers.consent_title").run();
            });
            return new Component[] {lift, edit};
        }
        return new Component[] {edit};
    }

    static String staff() {
        return t(
                "customers.by_staff",
                CurrentStaff.find().map(s -> s.displayName()).orElse("–"));
    }
}
