package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.ConsentTopic;
import io.perennial.promotions.Offer;
import io.perennial.promotions.OfferKind;
import io.perennial.promotions.PromotionContent;
import io.perennial.promotions.PromotionDetails;
import io.perennial.promotions.PromotionId;
import io.perennial.promotions.PromotionResult;
import io.perennial.promotions.PromotionState;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.UnsavedChanges;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One promotion: a draft is edited, anything later is watched. */
@Route("promotions/:promotion")
@RolesAllowed(Permission.Names.PROMOTION_READ)
class PromotionView extends Main implements BeforeEnterObserver, BeforeLeaveObserver, HasDynamicTitle {

    private static final int DAYS_AHEAD = 14;

    private final PromotionServices services;
    private @Nullable PromotionEditor editor;
    private String title = t("promotions.new");

    PromotionView(PromotionServices services) {
        this.services = services;
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("promotion").orElse("new");
        try {
            if (wanted.equals("new")) {
                edit(null, fresh());
            } else {
                show(new PromotionId(Long.parseLong(wanted)));
            }
        } catch (NoSuchElementException | NumberFormatException e) {
            Button back =
                    new Button(t("promotions.back"), click -> UI.getCurrent().navigate(PromotionsView.class));
            removeAll();
            add(new EmptyState(VaadinIcon.GIFT, t("promotions.not_found_title"), t("promotions.not_found"), back));
        }
    }

    private void show(PromotionId id) {
        PromotionDetails promotion = services.promotions().open(id);
        title = promotion.content().name();
        if (promotion.state() == PromotionState.DRAFT && CurrentStaff.may(Permission.PROMOTION_WRITE)) {
            edit(promotion, promotion.content());
        } else {
            watch(promotion);
        }
    }

    private void edit(@Nullable PromotionDetails draft, PromotionContent content) {
        PromotionEditor editing = new PromotionEditor(services, draft, content, this::show);
        editor = editing;
        Button save = new Button(t("promotions.save"), e -> {
            if (editing.save()) {
                Toasts.success(t("promotions.saved"));
            }
        });
        Button delete = new Button(t("promotions.delete"), e -> askToDelete(draft));
        delete.setVisible(draft != null);
        String lead = draft == null || draft.note() == null ? t("promotions.edit_lead") : draft.note();
        PageHead head = new PageHead(
                draft == null ? t("promotions.new") : content.name(), lead, delete, save, editing.planButton());
        if (draft != null) {
            head.addBesideTitle(PromotionWords.badge(draft.state()));
        }
        removeAll();
        add(head, editing);
    }

    private void askToDelete(@Nullable PromotionDetails draft) {
        if (draft != null) {
            sure("promotions.delete", draft.content().name(), () -> {
                services.promotions().delete(draft.id());
                return null;
            });
        }
    }

    private void watch(PromotionDetails promotion) {
        editor = null;
        removeAll();
        PageHead head = new PageHead(title, lead(promotion), actions(promotion));
        head.addBesideTitle(PromotionWords.badge(promotion.state()));
        add(head, new PromotionPage(services, promotion));
    }

    private String lead(PromotionDetails promotion) {
        if (promotion.state() != PromotionState.OVER || promotion.redeemed() == 0) {
            return t("promotions.state_lead." + promotion.state());
        }
        PromotionResult result = services.results().of(promotion.id());
        Currency currency = services.businesses().current().currency();
        return t(
                "promotions.state_lead.result",
                result.redeemed(),
                result.issued(),
                Formats.roundMoney(result.cost(), currency),
                Formats.roundMoney(result.redeemedRevenue(), currency));
    }

    private Button[] actions(PromotionDetails promotion) {
        List<Button> buttons = new ArrayList<>();
        PromotionState state = promotion.state();
        if (CurrentStaff.may(Permission.PROMOTION_WRITE)) {
            if (state == PromotionState.PLANNED) {
                buttons.add(new Button(
                        t("promotions.reopen"),
                        e -> sure(
                                "promotions.reopen",
                                title,
                                () -> services.promotions().reopen(promotion.id()))));
            }
            if (state != PromotionState.OVER && state != PromotionState.CANCELLED && state != PromotionState.DRAFT) {
                buttons.add(new Button(
                        t("promotions.cancel"),
                        e -> sure(
                                "promotions.cancel",
                                title,
                                () -> services.promotions().cancel(promotion.id()))));
            }
        }
        return buttons.toArray(Button[]::new);
    }

    private void sure(String key, String name, Supplier<@Nullable PromotionDetails> deed) {
        ConfirmDialog dialog = new ConfirmDialog(t(key + "_title", name), t(key + "_text"), t(key + "_confirm"), e -> {
            try {
                PromotionDetails after = deed.get();
                editor = null;
                if (after == null) {
                    UI.getCurrent().navigate(PromotionsView.class);
                } else {
                    show(after.id());
                }
            } catch (IllegalStateException problem) {
                Toasts.error(String.valueOf(problem.getMessage()));
            }
        });
        dialog.setConfirmButtonTheme("error primary");
        dialog.setCancelable(true);
        dialog.setCancelText(t("promotions.keep"));
        dialog.open();
    }

    /** A promotion in two weeks, its vouchers good for a week, told three days before. */
    private PromotionContent fresh() {
        LocalDate day = LocalDate.now(services.businesses().current().zone()).plusDays(DAYS_AHEAD);
        return new PromotionContent(
                "",
                day,
                false,
                List.of(),
                List.of(),
                newsTopic(),
                new Offer(OfferKind.PERCENT, BigDecimal.valueOf(15), null, null),
                day,
                day.plusDays(6),
                null,
                null,
                null,
                day.minusDays(3).atTime(9, 0),
                null,
                day.plusDays(7).atTime(10, 0));
    }

    /** As for campaigns: who withdrew their consent to news gets none of these mails either. */
    private @Nullable String newsTopic() {
        return services.consent().topics().stream()
                .map(ConsentTopic::code)
                .filter(ConsentTopic.NEWS::equals)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        PromotionEditor editing = editor;
        if (editing != null && editing.isDirty()) {
            UnsavedChanges.ask(event, t("promotions.unsaved"), editing::save);
        }
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
