package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.delivery.sender.SenderServer.Draft;
import io.perennial.delivery.sender.SenderServers;
import io.perennial.delivery.sender.ServerProbe.Finding;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;

/** What a test of a mail server found: in a sentence, what to do, and what the server said. */
class Found extends Div {

    Found(Finding finding, Draft draft) {
        boolean good = SenderServers.isGood(finding);
        addClassNames("campaign-note", good ? "tone-good" : "tone-bad");
        String key = "delivery.sending.problem." + finding.problem();
        String port = String.valueOf(draft.port());
        String user = draft.username() == null ? "" : draft.username();
        add(new StatusBadge(t(key, draft.host(), port, user), good ? Tone.GOOD : Tone.BAD));
        add(new Paragraph(t(key + ".do", draft.host(), port, user)));
        if (!finding.detail().isBlank()) {
            Paragraph said = new Paragraph(t("delivery.sending.said") + " ");
            said.add(new Code(finding.detail()));
            add(said);
        }
    }
}
