package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentRef;
import io.perennial.uikit.Formats;
import java.util.function.Supplier;

/** From a list or a group on these pages to a segment, and on to a campaign. */
class SegmentMaker {

    private final SegmentDirectory segments;

    SegmentMaker(SegmentDirectory segments) {
        this.segments = segments;
    }

    /** A button that makes a segment of what the suppliers give when it is pressed. */
    Button button(Supplier<String> name, Supplier<Rule> rule, ButtonVariant... variants) {
        Button button = new Button(t("insights.make_segment"), e -> ask(name.get(), rule.get()));
        button.addThemeVariants(variants);
        button.setVisible(CurrentStaff.may(Permission.SEGMENT_WRITE));
        return button;
    }

    private void ask(String suggested, Rule rule) {
        Dialog dialog = new Dialog(t("insights.make_segment"));
        dialog.addClassName("make-segment");
        TextField name = new TextField(t("insights.segment_name"));
        name.setValue(suggested);
        name.setMaxLength(100);
        name.setWidthFull();
        name.setValueChangeMode(ValueChangeMode.EAGER);
        Button create = new Button(t("insights.create_segment"), e -> {
            SegmentRef segment = segments.create(name.getValue().strip(), rule);
            dialog.removeAll();
            dialog.getFooter().removeAll();
            made(dialog, segment);
        });
        create.addThemeVariants(ButtonVariant.PRIMARY);
        name.addValueChangeListener(e -> create.setEnabled(!e.getValue().isBlank()));
        dialog.add(new Paragraph(t("insights.segment_hint")), name);
        dialog.getFooter().add(new Button(t("insights.cancel"), e -> dialog.close()), create);
        dialog.open();
        name.focus();
    }

    private void made(Dialog dialog, SegmentRef segment) {
        long customers = segments.count(segment.id());
        dialog.setHeaderTitle(t("insights.segment_made"));
        dialog.add(
                new Paragraph(t("insights.segment_made_text", segment.name(), Formats.number(customers), customers)));
        Button open = new Button(t("insights.open_segment"), e -> go(dialog, "segments/" + segment.id()));
        dialog.getFooter().add(new Button(t("insights.close"), e -> dialog.close()), open);
        if (CurrentStaff.may(Permission.CAMPAIGN_WRITE) && customers > 0) {
            Button plan =
                    new Button(t("insights.plan_campaign"), e -> go(dialog, "campaigns/new?segment=" + segment.id()));
            plan.addThemeVariants(ButtonVariant.PRIMARY);
            dialog.getFooter().add(plan);
        }
    }

    private static void go(Dialog dialog, String href) {
        dialog.close();
        int query = href.indexOf('?');
        UI ui = UI.getCurrent();
        if (query < 0) {
            ui.navigate(href);
        } else {
            ui.navigate(
                    href.substring(0, query),
                    com.vaadin.flow.router.QueryParameters.fromString(href.substring(query + 1)));
        }
    }
}
