package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.perennial.segments.CountProgress;
import io.perennial.segments.CountedSegment;
import io.perennial.segments.Rule;
import io.perennial.segments.Rules;
import io.perennial.segments.SampleCustomer;
import io.perennial.uikit.Formats;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

/** Who a rule picks now: the exact count and ten of them, counted anew beside the page whenever the rule changes. */
class LivePreview extends Div {

    private static final int SAMPLE = 10;

    private record Found(CountedSegment picked, long all) {

        long count() {
            return picked.count();
        }

        List<SampleCustomer> sample() {
            return picked.sample();
        }
    }

    private final Rules rules;
    private final Counting counting;
    private final Currency currency;
    private final Div content = new Div();
    private final Span said = new Span();
    private @Nullable Future<?> running;
    private @Nullable Rule shown;
    private int latest;
    private volatile long everybody;

    LivePreview(Rules rules, Counting counting, Currency currency) {
        this.rules = rules;
        this.counting = counting;
        this.currency = currency;
        addClassNames("card", "segment-live");
        // The figure alone is told: ten names after each change would drown it.
        said.addClassName("visually-hidden");
        said.getElement().setAttribute("role", "status");
        add(new H2(t("segments.live_title")), said, content);
    }

    /** Shows whom a rule picks; a count still under way for an earlier rule is dropped. */
    void show(UI ui, Rule rule) {
        if (rule.equals(shown)) {
            return;
        }
        shown = rule;
        stop();
        int mine = latest;
        skeleton();
        running = counting.begin(
                ui,
                () -> new Found(rules.look(rule, SAMPLE, so -> Counting.show(ui, () -> progress(so, mine))), all(rule)),
                found -> {
                    if (mine == latest) {
                        fill(found);
                    }
                },
                failure -> {
                    if (mine == latest) {
                        failed(failure, rule);
                    }
                });
    }

    /** Counted once for the page, and again when the rule picks everybody: the number says how large a share is. */
    private long all(Rule rule) {
        long counted = everybody;
        if (counted == 0 || rule.equals(Rule.everybody())) {
            counted = rules.count(Rule.everybody());
            everybody = counted;
        }
        return counted;
    }

    /** What is known of a count that takes long. */
    private void progress(CountProgress so, int mine) {
        if (mine == latest) {
            ProgressBar bar = new ProgressBar();
            bar.setValue(so.share());
            bar.getElement().setAttribute("aria-label", t("segments.counting"));
            draw(
                    new Paragraph(t("segments.live_long")),
                    bar,
                    new Paragraph(t("segments.live_so_far", so.found(), Formats.percent(so.share(), 0))));
        }
    }

    /** Nobody sees the count any more. */
    @Override
    protected void onDetach(DetachEvent event) {
        stop();
        shown = null;
    }

    /** Says that there is nothing to count yet. */
    void incomplete() {
        stop();
        shown = null;
        draw(new Paragraph(t("segments.live_incomplete")));
        said.setText(t("segments.live_incomplete"));
    }

    private void stop() {
        latest++;
        if (running != null) {
            running.cancel(true);
        }
    }

    private void skeleton() {
        said.setText(""); // what was said last is of another rule
        Div count = new Div();
        count.addClassNames("skeleton", "skeleton-figure");
        draw(count);
        for (int i = 0; i < 4; i++) {
            Div line = new Div();
            line.addClassNames("skeleton", "skeleton-line");
            content.add(line);
        }
        Paragraph words = new Paragraph(t("segments.live_long"));
        words.addClassName("seen-late"); // most counts are over before
        content.add(words);
    }

    private void fill(Found found) {
        Div count = new Div(t("segments.customers", found.count()));
        count.addClassName("segment-count");
        draw(count);
        said.setText(count.getText());
        if (found.count() == 0) {
            content.add(new Paragraph(t("segments.live_nobody")));
        } else {
            people(found);
        }
        behind(found);
    }

    private void people(Found found) {
        content.add(new Paragraph(t(
                "segments.live_share",
                Formats.percent(Math.min(1, (double) found.count() / found.all()), 1),
                Formats.number(found.all()))));
        if (found.count() > found.sample().size()) {
            content.add(new H3(t("segments.sample_title")));
        } else {
            content.add(new H3(t("segments.sample_all")));
        }
        UnorderedList people = new UnorderedList();
        people.addClassName("segment-sample");
        found.sample().forEach(customer -> people.add(person(customer)));
        content.add(people);
    }

    /** Only where a copy of the database counted, which may not know yet what happened just now. */
    private void behind(Found found) {
        Duration behind = found.picked().behind();
        if (behind != null) {
            Paragraph words = new Paragraph(t("segments.live_behind", Math.round(behind.toMillis() / 1_000.0)));
            words.addClassName("segment-behind");
            content.add(words);
        }
    }

    private ListItem person(SampleCustomer customer) {
        String name = Stream.of(customer.firstName(), customer.lastName())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        if (name.isEmpty()) {
            name = customer.email() == null ? t("segments.sample_noname") : customer.email();
        }
        String bought = customer.orders() == 0
                ? t("segments.sample_none")
                : t("segments.sample_line", customer.orders(), Formats.roundMoney(customer.value(), currency));
        Span detail = new Span(customer.city() == null ? bought : customer.city() + " · " + bought);
        detail.addClassName("segment-sample-detail");
        return new ListItem(new Anchor("customers/" + customer.id(), name), detail);
    }

    void failed(RuntimeException failure, Rule rule) {
        shown = null;
        Button again =
                new Button(t("segments.live_retry"), e -> e.getSource().getUI().ifPresent(ui -> show(ui, rule)));
        boolean slow = failure instanceof QueryTimeoutException;
        String words = t(slow ? "segments.live_slow" : "segments.live_failed");
        draw(new Paragraph(words), again);
        said.setText(words);
    }

    /** Not called "replace": of two parts that would be the other one, which puts the second in the place of the first. */
    private void draw(Component... parts) {
        content.removeAll();
        content.add(parts);
    }
}
