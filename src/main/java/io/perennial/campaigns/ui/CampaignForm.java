package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.CampaignProblem.Place;
import io.perennial.campaigns.PlannedTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The left side of the editor: a name and three sections that open as they become answerable. */
class CampaignForm extends Div {

    private final TextField name = new TextField(t("campaigns.name"));
    private final AudienceSection who;
    private final ContentSection what;
    private final TimeSection when;

    CampaignForm(CampaignServices services, ZoneId zone, CampaignContent content, Runnable changed) {
        addClassName("campaign-form");
        name.setValue(content.name());
        name.setPlaceholder(t("campaigns.name_placeholder"));
        name.setHelperText(t("campaigns.name_help"));
        name.setMaxLength(CampaignContent.MAX_NAME);
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addClassName("campaign-wide");
        name.addValueChangeListener(e -> changed.run());
        who = new AudienceSection(services, content, changed);
        what = new ContentSection(services, content, changed);
        when = new TimeSection(zone, content, changed);
        add(name, who, what, when);
    }

    CampaignContent content() {
        return new CampaignContent(
                name.getValue(),
                what.template(),
                who.include(),
                who.exclude(),
                who.topic(),
                when.asked(),
                when.policy(),
                when.lateHours(),
                who.isExempt());
    }

    /** Opens the sections that can be answered now; what was answered stays open. */
    void open(boolean somebody, boolean template) {
        what.setOpen(somebody || template);
        when.setOpen((somebody && template) || when.asked() != null);
    }

    boolean isNow() {
        return when.isNow();
    }

    @Nullable
    PlannedTime when() {
        return when.planned();
    }

    /** Leads to where a problem is put right. */
    void jumpTo(Place place) {
        Focusable<?> field = switch (place) {
            case NAME -> name;
            case AUDIENCE -> who.first();
            case CONTENT -> {
                what.setOpen(true);
                yield what.first();
            }
            case TIME -> {
                when.setOpen(true);
                yield when.first();
            }
            case SENDER -> name;
        };
        field.getElement().callJsFunction("scrollIntoView");
        field.focus();
    }
}
