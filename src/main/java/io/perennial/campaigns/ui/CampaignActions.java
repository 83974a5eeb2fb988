package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignDetail;
import io.perennial.campaigns.CampaignId;
import io.perennial.campaigns.CampaignNotReady;
import io.perennial.campaigns.CampaignStatus;
import io.perennial.delivery.RunProgress;
import io.perennial.delivery.RunState;
import io.perennial.uikit.Toasts;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;

/** What may be done with a campaign as it stands: the buttons of its page's head. */
class CampaignActions extends Div {

    private final CampaignServices services;
    private final CampaignDetail campaign;
    private final CampaignId id;
    private final Consumer<CampaignId> reopen;
    private final boolean maySend = CurrentStaff.may(Permission.CAMPAIGN_SEND);
    private final boolean mayWrite = CurrentStaff.may(Permission.CAMPAIGN_WRITE);

    CampaignActions(
            CampaignServices services,
            CampaignDetail campaign,
            @Nullable RunProgress progress,
            Consumer<CampaignId> reopen) {
        this.services = services;
        this.campaign = campaign;
        this.id = campaign.id();
        this.reopen = reopen;
        addClassName("page-head-actions");
        boolean stopped = progress != null && progress.state() == RunState.PAUSED;
        switch (campaign.status()) {
            case DRAFT -> {}
            case SCHEDULED -> {
                button(mayWrite && campaign.origin() == null, "campaigns.back_to_draft", this::backToDraft);
                button(maySend, "campaigns.cancel", this::confirmCancel);
            }
            case MISSED -> {
                button(mayWrite && campaign.origin() == null, "campaigns.plan_anew", this::backToDraft);
                button(maySend, "campaigns.do_not_send", this::confirmCancel);
                missedSend();
            }
            case SENDING, PAUSED -> {
                button(maySend, "campaigns.cancel_rest", this::confirmCancel);
                if (stopped || campaign.status() == CampaignStatus.PAUSED) {
                    primary(button(
                            maySend,
                            "campaigns.resume",
                            () -> act(() -> services.control().resume(id))));
                } else {
                    button(
                            maySend,
                            "campaigns.pause",
                            () -> act(() -> services.control().pause(id)));
                }
            }
            case DONE, CANCELLED -> button(mayWrite, "campaigns.copy", this::copy);
        }
    }

    private void copy() {
        try {
            UI.getCurrent().navigate("campaigns/" + services.desk().copy(id));
        } catch (CampaignNotReady e) {
            Toasts.error(String.join(" ", e.problems()));
        }
    }

    private void missedSend() {
        AudienceCount audience = services.desk().audienceNow(id);
        Button send = new Button(
                t("campaigns.send_now", audience.mailed()),
                e -> act(() -> services.control().sendNow(id)));
        send.setVisible(maySend);
        primary(send);
        add(send);
    }

    private Button button(boolean allowed, String key, Runnable deed) {
        Button button = new Button(t(key), e -> deed.run());
        button.setVisible(allowed);
        add(button);
        return button;
    }

    private static void primary(Button button) {
        button.addThemeVariants(ButtonVariant.PRIMARY);
    }

    private void backToDraft() {
        act(() -> services.control().backToDraft(id));
    }

    private void confirmCancel() {
        ConfirmDialog dialog = new ConfirmDialog();
        boolean underWay = campaign.status().isLaunched();
        dialog.setHeader(t("campaigns.cancel_title", CampaignWords.nameOf(campaign)));
        dialog.setText(t(underWay ? "campaigns.cancel_rest_consequence" : "campaigns.cancel_consequence"));
        dialog.setCancelable(true);
        dialog.setCancelText(t("campaigns.keep"));
        dialog.setConfirmText(t(underWay ? "campaigns.cancel_rest" : "campaigns.cancel"));
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(e -> act(() -> services.control().cancel(id)));
        dialog.open();
    }

    private void act(Runnable deed) {
        try {
            deed.run();
        } catch (CampaignNotReady e) {
            Toasts.error(String.join(" ", e.problems()));
            return;
        } catch (IllegalStateException e) {
            Toasts.error(String.valueOf(e.getMessage()));
        } catch (OptimisticLockingFailureException e) {
            Toasts.error(t("campaigns.changed_meanwhile"));
        }
        reopen.accept(id);
    }
}
