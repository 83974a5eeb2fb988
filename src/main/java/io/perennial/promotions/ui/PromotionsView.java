package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.promotions.PromotionDetails;
import io.perennial.promotions.PromotionState;
import io.perennial.promotions.Promotions;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/** All appreciation days, the latest first. */
@Route("promotions")
@Menu(title = "promotions.menu", icon = "vaadin:gift", order = 40)
@RolesAllowed(Permission.Names.PROMOTION_READ)
class PromotionsView extends Main implements HasDynamicTitle {

    PromotionsView(Promotions promotions, Businesses businesses) {
        addClassName("page");
        Anchor till = link("promotions/redeem", "promotions.till.open", "");
        till.setVisible(CurrentStaff.may(Permission.PROMOTION_REDEEM));
        Anchor create = link("promotions/new", "promotions.new", "primary");
        List<PromotionDetails> all = promotions.all();
        // While there is none, the empty list itself leads to the first.
        create.setVisible(!all.isEmpty() && CurrentStaff.may(Permission.PROMOTION_WRITE));
        add(new PageHead(t("promotions.title"), t("promotions.lead"), till, create));
        if (all.isEmpty()) {
            Component[] action = CurrentStaff.may(Permission.PROMOTION_WRITE)
                    ? new Component[] {link("promotions/new", "promotions.new", "primary")}
                    : new Component[0];
            add(new EmptyState(VaadinIcon.GIFT, t("promotions.empty_title"), t("promotions.empty"), action));
            return;
        }
        Business business = businesses.current();
        Div rows = new Div();
        rows.addClassName("promotion-list");
        all.forEach(promotion -> rows.add(row(promotion, business.currency(), business.zone())));
        add(rows);
    }

    private static Component row(PromotionDetails promotion, Currency currency, ZoneId zone) {
        LocalDate today = LocalDate.now(zone);
        Span name = new Span(promotion.content().name());
        name.addClassName("promotion-name");
        Span offer = new Span(promotion.content().offer().words(currency));
        offer.addClassName("promotion-offer");
        LocalDate date = promotion.content().day();
        Span day = new Span(Formats.date(date));
        if (date.isAfter(today)) {
            Span ahead = new Span(Formats.relative(date.atStartOfDay(zone).toInstant()));
            ahead.addClassName("promotion-offer");
            day.add(ahead);
        }
        day.addClassName("promotion-day");
        boolean told = promotion.state() != PromotionState.DRAFT && promotion.state() != PromotionState.PLANNED;
        Span redeemed = new Span(told ? t("promotions.redeemed_count", promotion.redeemed()) : "");
        redeemed.addClassNames("promotion-redeemed", "numeric");
        Anchor row = new Anchor("promotions/" + promotion.id());
        row.addClassName("promotion-row");
        row.add(new Div(name, offer), day, PromotionWords.badge(promotion.state()), redeemed);
        return row;
    }

    private static Anchor link(String path, String key, String kind) {
        Anchor link = new Anchor(path, t(key));
        link.addClassName("button-link");
        if (!kind.isEmpty()) {
            link.addClassName(kind);
        }
        return link;
    }

    @Override
    public String getPageTitle() {
        return t("promotions.title");
    }
}
