package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.delivery.sender.DkimKey;
import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.delivery.sender.SenderDomain;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import java.util.List;
import java.util.function.Consumer;

/** The keys that mails are signed with: made here, published by the business, replaced from time to time. */
class KeySection extends SendingGroup {

    private final SenderDomain domains;
    private final boolean mayChange;
    private final Consumer<Runnable> maker;
    private final Runnable changed;

    /**
     * @param maker makes keys beside the page and shows them; runs what it is given where that failed
     * @param changed hears when keys were switched or removed
     */
    KeySection(SenderDomain domains, boolean mayChange, Consumer<Runnable> maker, Runnable changed) {
        super("keys", t("delivery.sending.step_keys"), t("delivery.sending.keys_why"));
        this.domains = domains;
        this.mayChange = mayChange;
        this.maker = maker;
        this.changed = changed;
    }

    void show(String domain, List<DkimKey> keys) {
        boolean waiting = keys.stream().anyMatch(key -> key.state() == State.WAITING);
        boolean active = keys.stream().anyMatch(key -> key.state() == State.ACTIVE);
        String words =
                keys.isEmpty() ? "keys_empty" : waiting ? "keys_publish" : active ? "keys_in_use" : "keys_retired_only";
        fill(new Paragraph(t("delivery.sending." + words, domain)));
        keys.forEach(key -> append(card(domain, key)));
        if (mayChange && !waiting) {
            Button make =
                    new Button(t(active ? "delivery.sending.keys_replace" : "delivery.sending.keys_make", domain));
            make.setDisableOnClick(true);
            if (!active) {
                make.addThemeVariants(ButtonVariant.PRIMARY);
            }
            make.addClickListener(e -> maker.accept(() -> {
                make.setEnabled(true);
                Toasts.error(t("delivery.sending.keys_failed"));
            }));
            append(new Div(make));
        }
    }

    private Div card(String domain, DkimKey key) {
        Div head = new Div(new StatusBadge(t("delivery.sending.algorithm_" + key.algorithm()), tone(key)), words(key));
        head.addClassName("dns-head");
        Div card = new Div(head);
        card.addClassName("sending-key");
        if (key.state() == State.RETIRED) {
            card.add(new Paragraph(t("delivery.sending.key_retired", key.recordName())));
        } else if (key.state() == State.WAITING || !key.isConfirmed()) {
            DnsRecord record = new DnsRecord(key.recordName(), key.recordValue());
            card.add(key.recordValue().length() > 255 ? record.withStrings(key.recordStrings()) : record);
        } else {
            Paragraph where = new Paragraph(t("delivery.sending.key_at", key.recordName()));
            where.addClassName("soft");
            card.add(where);
        }
        if (mayChange) {
            card.add(deeds(domain, key));
        }
        return card;
    }

    private static Paragraph words(DkimKey key) {
        String standing = switch (key.state()) {
            case WAITING -> key.checked() == null ? "key_new" : key.seen() == null ? "key_not_seen" : "key_off";
            case ACTIVE -> key.isConfirmed() ? "key_signs" : "key_signs_unseen";
            case RETIRED -> "key_replaced";
        };
        Paragraph words = new Paragraph(t("delivery.sending." + standing));
        words.addClassName("soft");
        return words;
    }

    private static Tone tone(DkimKey key) {
        return switch (key.state()) {
            case WAITING -> Tone.ATTENTION;
            case ACTIVE -> key.isConfirmed() ? Tone.GOOD : Tone.ATTENTION;
            case RETIRED -> Tone.NEUTRAL;
        };
    }

    private Div deeds(String domain, DkimKey key) {
        Div deeds = new Div();
        deeds.addClassName("sending-bar");
        switch (key.state()) {
            case WAITING -> {
                deeds.add(deed("switch_on", key, () -> domains.switchOn(key.id()), domain));
                deeds.add(deed("remove", key, () -> domains.remove(key.id()), domain));
            }
            case ACTIVE -> deeds.add(deed("switch_off", key, () -> domains.switchOff(key.id()), domain));
            case RETIRED -> deeds.add(deed("forget", key, () -> domains.remove(key.id()), domain));
        }
        return deeds;
    }

    /** Each says first what comes of it. */
    private Button deed(String name, DkimKey key, Runnable work, String domain) {
        Button button = new Button(t("delivery.sending.key_" + name), e -> {
            ConfirmDialog dialog = new ConfirmDialog();
            dialog.setHeader(t("delivery.sending.key_" + name + "_title"));
            dialog.setText(t("delivery.sending.key_" + name + "_consequence", key.recordName()));
            dialog.setCancelable(true);
            dialog.setCancelText(t("delivery.sending.leave"));
            dialog.setConfirmText(t("delivery.sending.key_" + name));
            dialog.addConfirmListener(confirmed -> {
                work.run();
                show(domain, domains.keys());
                changed.run();
            });
            dialog.open();
        });
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }
}
