package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Guide;
import io.perennial.accounts.Permission;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Texts;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.PermitAll;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;

/** What happened, and what to do today: the features' contributions in one page. */
@Route("")
@Menu(title = "shell.home", icon = "vaadin:home-o", order = 0)
@PermitAll
class HomeView extends Main implements HasDynamicTitle {

    HomeView(Businesses businesses, Guide guide, List<HomeContribution> contributions) {
        addClassNames("page", "home");
        Business business = businesses.current();
        HomeContents contents = HomeContents.of(contributions);
        add(new PageHead(greeting(business), today(business)));
        boolean setsUp = CurrentStaff.may(Permission.SETTINGS_WRITE);
        Guide.State state = setsUp ? guide.state() : new Guide.State(false, false, false, Map.of());
        if (state.begun() && !state.left()) {
            add(new GuideNotice(business.name()));
        }
        FirstSteps steps = new FirstSteps(contents.firstSteps());
        boolean showsSteps = contents.stepsLeft() > 0 && !state.checklistGone();
        if (setsUp && showsSteps) {
            steps.add(hideSteps(guide, steps));
        }
        if (contents.isNewBusiness() && showsSteps) {
            add(steps);
        }
        if (!contents.isNewBusiness() || !contents.tasks().isEmpty()) {
            add(new TaskList(contents.tasks()));
        }
        if (!contents.cards().isEmpty()) {
            add(new AnswerGrid(contents.cards()));
        }
        if (!contents.isNewBusiness() && showsSteps) {
            add(steps);
        }
        if (contents.failures() > 0) {
            Div note = new Div(t("shell.home_partial", contents.failures()));
            note.addClassName("home-partial");
            note.getElement().setAttribute("role", "status");
            add(note);
        }
    }

    private static Button hideSteps(Guide guide, FirstSteps steps) {
        Button hide = new Button(t("shell.first_steps_hide"), e -> {
            guide.hideChecklist();
            steps.setVisible(false);
            Toasts.success(t("shell.first_steps_hidden"), t("shell.undo"), () -> {
                guide.showChecklist();
                steps.setVisible(true);
            });
        });
        hide.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return hide;
    }

    private static String greeting(Business business) {
        int hour = ZonedDateTime.now(Reader.zone(business.zone())).getHour();
        String key = hour < 5 || hour >= 18 ? "evening" : hour < 12 ? "morning" : "afternoon";
        String name = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("");
        return t("shell.good_" + key, name.replaceFirst(" .*$", ""));
    }

    private static String today(Business business) {
        String date = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(Texts.locale())
                .format(ZonedDateTime.now(Reader.zone(business.zone())));
        return t("shell.home_lead", date, business.name());
    }

    @Override
    public String getPageTitle() {
        return t("shell.home");
    }
}
