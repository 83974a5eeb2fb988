package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.accounts.signin.StaffSession;
import io.perennial.accounts.signin.StaffSessions;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import java.time.ZoneId;
import java.util.List;

/** One's own open sessions, each to be ended from here. */
class SessionList extends Div {

    private final StaffSessions sessions;
    private final ZoneId zone;
    private final UnorderedList list = new UnorderedList();
    private final Button endOthers = new Button(t("accounts.sessions.end_others"), e -> endOthers());

    SessionList(StaffSessions sessions, ZoneId zone) {
        this.sessions = sessions;
        this.zone = zone;
        addClassName("session-list");
        list.addClassName("card");
        add(list, endOthers);
        refresh();
    }

    private void refresh() {
        List<StaffSession> mine = sessions.mine();
        list.removeAll();
        mine.forEach(each -> list.add(row(each)));
        endOthers.setVisible(mine.stream().anyMatch(each -> !each.current()));
    }

    private ListItem row(StaffSession session) {
        String browser = session.browser().isEmpty() ? t("accounts.sessions.unknown") : session.browser();
        Span name = new Span(browser);
        name.addClassName("face-name");
        Span note = new Span(t(
                "accounts.sessions.line",
                session.address(),
                Formats.relative(session.seenAt()),
                Formats.dateTime(session.begunAt(), zone)));
        note.addClassName("face-note");
        Div words = new Div(name, note);
        words.addClassName("face-words");
        if (session.current()) {
            return new ListItem(words, new StatusBadge(t("accounts.sessions.here"), Tone.GOOD));
        }
        Button end = new Button(t("accounts.sessions.end"), e -> end(session));
        end.addThemeVariants(ButtonVariant.TERTIARY);
        end.setAriaLabel(t("accounts.sessions.end_this", browser, session.address()));
        return new ListItem(words, end);
    }

    private void end(StaffSession session) {
        sessions.end(session.id());
        Toasts.success(t("accounts.sessions.ended"));
        refresh();
    }

    private void endOthers() {
        Toasts.success(t("accounts.sessions.others_ended", sessions.endOthers()));
        refresh();
    }
}
