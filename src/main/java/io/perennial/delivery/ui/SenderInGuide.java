package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.accounts.Backstage;
import io.perennial.accounts.GuideAddition;
import io.perennial.delivery.sender.SenderDomain;
import java.util.Optional;

/** Whether receivers will believe the sender, beside who it is. */
@org.springframework.stereotype.Component
class SenderInGuide implements GuideAddition {

    private final SenderDomain domain;
    private final Backstage backstage;

    SenderInGuide(SenderDomain domain, Backstage backstage) {
        this.domain = domain;
        this.backstage = backstage;
    }

    @Override
    public String step() {
        return "sender";
    }

    @Override
    public Fields fields() {
        Component shown = standing().orElseGet(() -> {
            Paragraph after = new Paragraph(t("delivery.guide.after"));
            after.addClassName("guide-hint");
            return after;
        });
        return () -> shown;
    }

    @Override
    public Optional<Component> standing() {
        return domain.name().map(name -> new SenderStanding(name, domain, backstage));
    }
}
