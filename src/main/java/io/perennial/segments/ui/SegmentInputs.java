package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.select.Select;
import io.perennial.segments.Choice;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.SegmentId;
import io.perennial.segments.TypedChoice;
import java.util.Optional;

/** Being in another segment or not. */
class SegmentInputs extends Inputs {

    private final Select<Boolean> in = new Select<>();
    private final ComboBox<Choice> segment;

    SegmentInputs(BuilderContext context, Member given, Runnable changed) {
        in.setAriaLabel(t("segments.comparison"));
        in.addClassName("rule-figure");
        in.setItems(true, false);
        in.setItemLabelGenerator(yes -> t(yes ? "segments.is_in" : "segments.is_not_in"));
        in.setValue(given.in());
        segment = ChoiceInput.one(
                Offers.fixed(context.others()),
                t("segments.segment"),
                given.segment().value() == 0 ? "" : given.segment().toString());
        in.addValueChangeListener(e -> changed.run());
        segment.addValueChangeListener(e -> changed.run());
        add(in, segment);
    }

    @Override
    Rule rule() {
        return new Member(
                Optional.ofNullable(segment.getValue())
                        .filter(choice -> TypedChoice.words(choice.value()).isEmpty())
                        .map(choice -> new SegmentId(Long.parseLong(choice.value())))
                        .orElse(new SegmentId(0)),
                in.getValue());
    }
}
