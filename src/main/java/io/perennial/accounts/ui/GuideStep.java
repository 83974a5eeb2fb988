package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.data.binder.Binder;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Guide;
import io.perennial.accounts.GuideAddition;
import io.perennial.accounts.GuidePart;
import java.util.List;

/** A step of the guide that asks for some of the business's settings, and whatever others add to it. */
abstract class GuideStep implements GuidePart {

    final Businesses businesses;
    private final Guide guide;
    private final List<GuideAddition> additions;
    private final String key;
    private final int order;

    GuideStep(String key, int order, Businesses businesses, Guide guide, List<GuideAddition> additions) {
        this.guide = guide;
        this.key = key;
        this.order = order;
        this.businesses = businesses;
        this.additions = additions.stream()
                .filter(addition -> addition.step().equals(key))
                .toList();
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public String title() {
        return t("accounts.guide." + key);
    }

    @Override
    public String lead() {
        return t("accounts.guide." + key + "_lead");
    }

    @Override
    public List<Component> standing() {
        return additions.stream()
                .flatMap(addition -> addition.standing().stream())
                .toList();
    }

    @Override
    public GuideForm form(Runnable done) {
        return new GuideForm(
                this,
                businesses,
                guide,
                additions.stream().map(GuideAddition::fields).toList(),
                done);
    }

    /** The fields, bound. */
    abstract List<Component> fields(Binder<BusinessDraft> binder, BusinessDraft draft);

    /** Takes over what the step asks for, and nothing else: another tab may have saved other fields meanwhile. */
    abstract void take(BusinessDraft typed, BusinessDraft now);
}
