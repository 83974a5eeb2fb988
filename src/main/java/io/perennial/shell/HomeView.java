package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Businesses;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.PermitAll;

/** What happened, and what to do today. */
@Route("")
@Menu(title = "shell.home", icon = "vaadin:home-o", order = 0)
@PermitAll
class HomeView extends Main implements HasDynamicTitle {

    HomeView(Businesses businesses) {
        addClassName("page");
        add(new PageHead(businesses.current().name(), t("shell.home_lead")));
    }

    @Override
    public String getPageTitle() {
        return t("shell.home");
    }
}
