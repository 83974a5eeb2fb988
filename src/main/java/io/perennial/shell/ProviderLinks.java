package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import io.perennial.accounts.signin.Providers.Choice;
import java.util.List;

/** Signing in by OpenID providers, a link each: they lead out of the console. */
class ProviderLinks extends Nav {

    ProviderLinks(List<Choice> choices) {
        addClassName("login-providers");
        setAriaLabel(t("shell.provider.ways"));
        choices.forEach(each -> {
            Anchor link = new Anchor("sign-in/with/" + each.id(), t("shell.provider.with", each.name()));
            link.setRouterIgnore(true);
            add(link);
        });
    }
}
