package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.DataArchive;
import io.perennial.accounts.DataArchives;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.DownloadButton;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Exports of everything: orders one, shows how far it is, hands the file out. */
class ArchiveList extends Div {

    private static final Duration PULSE = Duration.ofSeconds(3);

    private final transient DataArchives archives;
    private final transient Backstage backstage;
    private final transient StepUp proof;
    private final String business;
    private final Button order = new Button(t("accounts.archive.order"));
    private final UnorderedList list = new UnorderedList();
    private List<DataArchive> shown = List.of();
    private Registration pulse = () -> {};

    ArchiveList(DataArchives archives, Backstage backstage, StepUp proof, String business) {
        this.proof = proof;
        this.archives = archives;
        this.backstage = backstage;
        this.business = business;
        addClassName("archive-list");
        list.addClassNames("card", "role-list");
        order.addClickListener(e -> order());
        add(new Paragraph(t("accounts.archive.what")), order, list);
        show(archives.list());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        pulse = backstage.every(PULSE, event.getUI(), archives::list, this::show);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        pulse.remove();
    }

    private void order() {
        try {
            archives.order();
            Toasts.success(t("accounts.archive.ordered"));
        } catch (StaffRuleException broken) {
            Toasts.error(StaffList.words(broken));
        }
        show(archives.list());
    }

    private void show(List<DataArchive> now) {
        order.setEnabled(now.size() < 3 && now.stream().allMatch(each -> each.state() == DataArchive.State.READY));
        if (now.equals(shown)) {
            return; // what has the focus keeps it
        }
        shown = now;
        list.removeAll();
        list.setVisible(!now.isEmpty());
        now.forEach(each -> list.add(row(each)));
    }

    private ListItem row(DataArchive archive) {
        boolean ready = archive.state() == DataArchive.State.READY;
        Span title = new Span(
                ready
                        ? t("accounts.archive.size", Formats.decimal(archive.bytes() / 1e6, 1), archive.rows())
                        : t("accounts.archive.making"));
        title.addClassName("face-name");
        Span note = new Span(t("accounts.archive.note", archive.askedBy(), Formats.relative(archive.askedAt()))
                + (ready ? " · " + t("accounts.archive.expires", Formats.relative(archive.expiresAt())) : ""));
        note.addClassName("face-note");
        Div words = new Div(title, note);
        words.addClassName("face-words");
        Div controls = new Div();
        controls.addClassName("staff-controls");
        if (ready) {
            controls.add(download(archive), discard(archive));
        } else {
            controls.add(new StatusBadge(
                    t("accounts.archive.state_" + archive.state().name().toLowerCase(Locale.ROOT)), Tone.INFO));
        }
        return new ListItem(words, controls);
    }

    private DownloadButton download(DataArchive archive) {
        return proof.download(t("accounts.archive.download"), event -> {
            archives.take(archive.id());
            event.setFileName(business.replaceAll("[^\\p{L}\\p{N}]+", "-") + ".zip");
            event.setContentType("application/zip");
            archives.download(archive.id(), event.getOutputStream());
        });
    }

    private Button discard(DataArchive archive) {
        Button discard = new Button(t("accounts.archive.discard"), e -> {
            try {
                archives.discard(archive.id());
            } catch (StaffRuleException gone) {
                Toasts.error(StaffList.words(gone));
            }
            show(archives.list());
        });
        discard.addThemeVariants(ButtonVariant.TERTIARY);
        return discard;
    }
}
