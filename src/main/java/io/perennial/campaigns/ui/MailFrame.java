package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.IFrame;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.perennial.campaigns.CampaignPreview;

/** The mail as a sample customer gets it, in a frame where nothing of it can run. */
class MailFrame extends Div {

    private final Span whose = new Span();
    private final Span subject = new Span();
    private final Paragraph problem = new Paragraph();
    private final IFrame frame = new IFrame();
    private final Button another;

    MailFrame(Runnable anotherSample) {
        addClassNames("card", "campaign-preview");
        another = new Button(t("campaigns.preview.another"), e -> anotherSample.run());
        another.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        subject.addClassName("campaign-subject");
        whose.addClassName("campaign-whose");
        frame.getElement().setAttribute("sandbox", "");
        frame.getElement().setAttribute("title", t("campaigns.preview.title"));
        frame.addClassName("campaign-mail");
        Div head = new Div(new H2(t("campaigns.preview.title")), another);
        head.addClassName("campaign-preview-head");
        add(head, whose, subject, problem, frame);
        setVisible(false);
    }

    void show(CampaignPreview mail) {
        setVisible(true);
        String html = mail.html();
        boolean rendered = html != null;
        problem.setText(mail.problem() == null ? "" : mail.problem());
        problem.setVisible(!rendered);
        another.setVisible(rendered && mail.customer() != null);
        whose.setText(
                mail.customer() == null ? t("campaigns.preview.nobody") : t("campaigns.preview.as", mail.customer()));
        whose.setVisible(rendered);
        subject.setText(mail.subject());
        subject.setVisible(rendered);
        frame.setVisible(rendered);
        if (html != null) {
            frame.setSrcdoc(html);
        }
    }
}
