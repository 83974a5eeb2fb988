package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource.Part;
import io.perennial.segments.Choice;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often, in which time, and of what: "at least 2 in the last 30 days of any mailing". */
class ActivityInputs extends Inputs {

    private final ActivityKind kind;
    private final MeasureInput measure;
    private final WindowInput window;
    private final @Nullable MultiSelectComboBox<Choice> about;
    private final @Nullable MultiSelectComboBox<Choice> detail;

    ActivityInputs(BuilderContext context, ActivityKind kind, Activity given, Runnable changed) {
        this.kind = kind;
        measure = new MeasureInput(
                context,
                Arrays.stream(Aggregate.values())
                        .filter(Aggregate::fitsActivities)
                        .toList(),
                a -> t("segments.times." + a),
                given.measure(),
                changed);
        window = new WindowInput(given.window(), changed);
        about = kind.about() == null ? null : among(context, Part.ABOUT, given.about(), changed);
        detail = kind.detail() == null ? null : among(context, Part.DETAIL, given.detail(), changed);
        add(measure, window);
        if (about != null) {
            Div of = new Div(new Span(t("segments.about")), about);
            of.addClassNames("rule-phrase", "rule-about");
            add(of);
        }
        if (detail != null) {
            add(detail);
        }
    }

    private MultiSelectComboBox<Choice> among(
            BuilderContext context, Part which, List<String> given, Runnable changed) {
        String anything = t("segments.any." + kind.name() + "." + which);
        MultiSelectComboBox<Choice> box =
                ChoiceInput.several(Offers.things(context.choices(), kind, which), anything, given);
        box.addValueChangeListener(e -> changed.run());
        return box;
    }

    @Override
    Rule rule() {
        return new Activity(kind.name(), measure.measure(), window.window(), ids(about), ids(detail));
    }

    private static List<String> ids(@Nullable MultiSelectComboBox<Choice> box) {
        return box == null ? List.of() : ChoiceInput.values(box);
    }
}
