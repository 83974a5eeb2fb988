package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.campaigns.AudienceCount;
import io.perennial.campaigns.CampaignPreview;
import io.perennial.campaigns.CampaignProblem;
import io.perennial.campaigns.CampaignProblem.Place;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** The right side of the editor: who is reached, what is still missing, how the mail looks. */
class LiveResult extends Aside {

    private final Consumer<Place> jump;
    private final Div audience = new Div();
    private final PaceNotice pace = new PaceNotice();
    private final Div problems = new Div();
    private final MailFrame preview;
    private boolean waiting;

    LiveResult(Consumer<Place> jump, Runnable anotherSample) {
        this.jump = jump;
        this.preview = new MailFrame(anotherSample);
        addClassName("campaign-result");
        audience.getElement().setAttribute("aria-live", "polite");
        Div people = new Div(new H2(t("campaigns.result.audience")), audience, pace);
        people.addClassName("card");
        problems.addClassName("card");
        problems.getElement().setAttribute("aria-live", "polite");
        problems.setVisible(false);
        add(people, problems, preview);
    }

    boolean isWaiting() {
        return waiting;
    }

    void waiting() {
        waiting = true;
        audience.removeAll();
        Div line = new Div();
        line.addClassName("campaign-skeleton");
        line.getElement().setAttribute("aria-label", t("campaigns.result.counting"));
        audience.add(line);
    }

    void failed(Runnable again) {
        waiting = false;
        audience.removeAll();
        audience.add(
                new Paragraph(t("campaigns.result.failed")), new Button(t("campaigns.result.again"), e -> again.run()));
    }

    void show(PaceNotice.Outlook outlook, ZoneId zone) {
        pace.show(outlook, zone);
    }

    /**
     * @param missing keeps it from being scheduled
     * @param doubtful does not, and would better be put right
     */
    void show(
            AudienceCount count, List<CampaignProblem> missing, List<CampaignProblem> doubtful, CampaignPreview mail) {
        waiting = false;
        audience.removeAll();
        Div figure = new Div(t("campaigns.result.people", count.mailed()));
        figure.addClassName("campaign-count");
        audience.add(figure, CampaignWords.leftOutList(count));
        problems.removeAll();
        problems.setVisible(true);
        problems.add(new H2(
                missing.isEmpty() ? t("campaigns.result.ready") : t("campaigns.result.problems", missing.size())));
        UnorderedList list = new UnorderedList();
        list.addClassName("campaign-problems");
        missing.forEach(problem -> list.add(line(problem)));
        problems.add(list);
        doubtful.forEach(problem -> problems.add(warning(problem)));
        preview.show(mail);
    }

    private static Div warning(CampaignProblem problem) {
        Div note = new Div(new Paragraph(problem.message()));
        note.addClassNames("campaign-note", "tone-attention");
        if (problem.link() != null) {
            note.add(new Anchor(problem.link(), t("campaigns.warning.open")));
        }
        return note;
    }

    private ListItem line(CampaignProblem problem) {
        ListItem item = new ListItem(new Paragraph(problem.message()));
        if (problem.link() != null) {
            boolean template = problem.place() == CampaignProblem.Place.CONTENT;
            item.add(new Anchor(problem.link(), t(template ? "campaigns.edit_template" : "campaigns.result.open")));
        } else {
            Button go = new Button(t("campaigns.result.jump"), e -> jump.accept(problem.place()));
            go.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            item.add(go);
        }
        return item;
    }
}
