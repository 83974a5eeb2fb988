package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Guide;
import io.perennial.accounts.Guide.Outcome;
import io.perennial.accounts.GuidePart;
import io.perennial.accounts.Permission;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.util.Comparator;
import java.util.List;

/**
 * A new business's beginnings on one page: each step opens as its turn comes, is saved on its own, can be skipped and
 * taken up again. Which one is open stands in the address, so the browser's way back leads to the step before.
 */
@Route("welcome")
@RolesAllowed(Permission.Names.SETTINGS_WRITE)
class WelcomeView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final String STEP = "step";

    private final Guide guide;
    private final Businesses businesses;
    private final List<GuidePart> parts;

    WelcomeView(Guide guide, Businesses businesses, List<GuidePart> parts) {
        this.guide = guide;
        this.businesses = businesses;
        this.parts = parts.stream()
                .filter(GuidePart::isOffered)
                .sorted(Comparator.comparingInt(GuidePart::order))
                .toList();
        addClassNames("page", "guide");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        guide.open();
        Guide.State state = guide.state();
        String wanted = event.getLocation()
                .getQueryParameters()
                .getSingleParameter(STEP)
                .filter(key -> parts.stream().anyMatch(part -> part.key().equals(key)))
                .orElseGet(() -> next(state));
        show(state, wanted);
    }

    /** The first that nobody has decided about; none when all are. */
    private String next(Guide.State state) {
        return parts.stream()
                .map(GuidePart::key)
                .filter(state::isOpen)
                .findFirst()
                .orElse("");
    }

    private void show(Guide.State state, String open) {
        removeAll();
        long done = parts.stream().filter(part -> state.isDone(part.key())).count();
        boolean decided = next(state).isEmpty();
        Button home = new Button(t(decided ? "accounts.guide.home" : "accounts.guide.later"), e -> leave());
        if (decided) {
            home.addThemeVariants(ButtonVariant.PRIMARY);
        }
        add(new PageHead(
                t(
                        decided ? "accounts.guide.title_done" : "accounts.guide.title",
                        businesses.current().name()),
                t(decided ? "accounts.guide.lead_done" : "accounts.guide.lead"),
                home));
        add(progress(done));
        OrderedList list = new OrderedList();
        list.addClassNames("card", "guide-steps");
        int number = 1;
        for (GuidePart part : parts) {
            list.add(item(part, number++, state, part.key().equals(open)));
        }
        add(list);
    }

    private Div progress(long done) {
        ProgressBar bar = new ProgressBar(0, parts.size(), done);
        bar.getElement().setAttribute("aria-label", t("accounts.guide.progress"));
        Span words = new Span(t("accounts.guide.progress_words", done, parts.size()));
        words.getElement().setAttribute("role", "status");
        Div progress = new Div(words, bar);
        progress.addClassName("guide-progress");
        return progress;
    }

    private ListItem item(GuidePart part, int number, Guide.State state, boolean open) {
        Span mark = new Span(state.isDone(part.key()) ? "✓" : Integer.toString(number));
        mark.addClassName("guide-mark");
        mark.getElement().setAttribute("aria-hidden", "true");
        H2 title = new H2(part.title());
        Paragraph line = new Paragraph(line(part, state, open));
        Div words = new Div(title, line);
        words.addClassName("guide-words");
        Div head = new Div(mark, words);
        head.addClassName("guide-head");
        ListItem item = new ListItem(head);
        item.setClassName("done", state.isDone(part.key()));
        item.setClassName("open", open);
        if (open) {
            title.getElement().setAttribute("tabindex", "-1");
            Div body = new Div(part.form(() -> goOn(part.key(), Outcome.DONE)));
            body.addClassName("guide-body");
            if (state.isOpen(part.key())) {
                Button skip = new Button(t("accounts.guide.skip"), e -> goOn(part.key(), Outcome.SKIPPED));
                skip.addThemeVariants(ButtonVariant.TERTIARY);
                skip.addClassName("guide-skip");
                body.add(skip);
            }
            item.add(body);
        } else {
            String deed = t(state.isDone(part.key()) ? "accounts.guide.change" : "accounts.guide.open");
            Button change = new Button(deed, e -> to(part.key()));
            change.addThemeVariants(ButtonVariant.TERTIARY);
            change.setAriaLabel(t("accounts.guide.open_named", deed, part.title()));
            head.add(change);
            if (state.isDone(part.key())) {
                words.add(part.standing());
            }
        }
        return item;
    }

    private static String line(GuidePart part, Guide.State state, boolean open) {
        if (open || state.isOpen(part.key())) {
            return part.lead();
        }
        return state.isDone(part.key()) ? part.summary() : t("accounts.guide.skipped");
    }

    private void goOn(String step, Outcome outcome) {
        guide.mark(step, outcome);
        String next = next(guide.state());
        if (next.isEmpty()) {
            UI.getCurrent().navigate(WelcomeView.class);
        } else {
            to(next);
        }
    }

    private static void to(String step) {
        UI.getCurrent().navigate(WelcomeView.class, QueryParameters.of(STEP, step));
    }

    private void leave() {
        guide.leave();
        UI.getCurrent().navigate("");
    }

    @Override
    public String getPageTitle() {
        return t("accounts.guide.page");
    }
}
