package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Texts;
import jakarta.annotation.security.PermitAll;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;

/** What happened, and what to do today: the features' contributions in one page. */
@Route("")
@Menu(title = "shell.home", icon = "vaadin:home-o", order = 0)
@PermitAll
class HomeView extends Main implements HasDynamicTitle {

    HomeView(Businesses businesses, List<HomeContribution> contributions) {
        addClassNames("page", "home");
        Business business = businesses.current();
        HomeContents contents = HomeContents.of(contributions);
        add(new PageHead(greeting(business), today(business)));
        FirstSteps steps = new FirstSteps(contents.firstSteps());
        if (contents.isNewBusiness()) {
            add(steps);
        }
        if (!contents.isNewBusiness() || !contents.tasks().isEmpty()) {
            add(new TaskList(contents.tasks()));
        }
        if (!contents.cards().isEmpty()) {
            add(new AnswerGrid(contents.cards()));
        }
        if (!contents.isNewBusiness() && contents.stepsLeft() > 0) {
            add(steps);
        }
        if (contents.failures() > 0) {
            Div note = new Div(t("shell.home_partial", contents.failures()));
            note.addClassName("home-partial");
            note.getElement().setAttribute("role", "status");
            add(note);
        }
    }

    private static String greeting(Business business) {
        int hour = ZonedDateTime.now(business.zone()).getHour();
        String key = hour < 5 || hour >= 18 ? "evening" : hour < 12 ? "morning" : "afternoon";
        String name = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("");
        return t("shell.good_" + key, name.replaceFirst(" .*$", ""));
    }

    private static String today(Business business) {
        String date = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(Texts.locale())
                .format(ZonedDateTime.now(business.zone()));
        return t("shell.home_lead", date, business.name());
    }

    @Override
    public String getPageTitle() {
        return t("shell.home");
    }
}
