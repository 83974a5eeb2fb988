package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.customers.RejectCount;
import io.perennial.customers.RejectReason;
import io.perennial.uikit.Formats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Why rows were left out, and how many for each reason; pressing one shows its rows alone. While it grows each stays where
 * it is, so that nobody presses another than they meant.
 */
class LeftOutReasons extends Div {

    private static final int SHOWN = 8;

    private final Consumer<@Nullable RejectReason> chosen;
    private final Map<@Nullable RejectReason, Choice> choices = new LinkedHashMap<>();
    private final UnorderedList list = new UnorderedList();
    private final NativeButton more = new NativeButton("", e -> showAll());
    private boolean all;

    private static final class Choice extends ListItem {

        private final Span count = new Span();
        private final NativeButton button;

        private Choice(String words, Runnable pressed) {
            count.addClassName("import-reason-count");
            Span said = new Span(words);
            button = new NativeButton();
            button.add(said, count);
            button.addClickListener(e -> pressed.run());
            button.addClassName("import-reason");
            add(button);
        }

        private void press(boolean pressed) {
            button.getElement().setAttribute("aria-pressed", Boolean.toString(pressed));
        }
    }

    /** @param chosen told which was pressed; nothing for all */
    LeftOutReasons(Consumer<@Nullable RejectReason> chosen) {
        this.chosen = chosen;
        addClassName("import-reasons");
        list.getElement().setAttribute("aria-label", t("customers.import.left_out_reasons"));
        more.addClassName("import-reasons-more");
        add(list, more);
    }

    /** One reason alone is told by the rows themselves. */
    void show(List<RejectCount> counts, @Nullable RejectReason pressed) {
        setVisible(counts.size() > 1 || pressed != null);
        choice(null, t("customers.import.left_out_all"))
                .count
                .setText(Formats.number(
                        counts.stream().mapToLong(RejectCount::rows).sum()));
        for (RejectCount one : counts) {
            choice(one.why(), words(one)).count.setText(Formats.number(one.rows()));
        }
        press(pressed);
        int hidden = choices.size() - 1 - SHOWN;
        more.setVisible(!all && hidden > 1);
        more.setText(t("customers.import.left_out_more_reasons", hidden));
        int place = 0;
        for (Choice choice : choices.values()) {
            choice.setVisible(all || hidden <= 1 || place <= SHOWN || isPressed(choice));
            place++;
        }
    }

    private static String words(RejectCount one) {
        return one.columnName().isEmpty()
                ? one.why().words()
                : t(
                        "customers.import.left_out_reason",
                        one.columnName(),
                        one.why().words());
    }

    private Choice choice(@Nullable RejectReason why, String words) {
        return choices.computeIfAbsent(why, it -> {
            Choice choice = new Choice(words, () -> {
                press(it);
                chosen.accept(it);
            });
            list.add(choice);
            return choice;
        });
    }

    private void press(@Nullable RejectReason pressed) {
        choices.forEach((why, choice) -> choice.press(java.util.Objects.equals(why, pressed)));
    }

    private static boolean isPressed(Choice choice) {
        return "true".equals(choice.button.getElement().getAttribute("aria-pressed"));
    }

    private void showAll() {
        all = true;
        more.setVisible(false);
        choices.values().forEach(choice -> choice.setVisible(true));
    }
}
