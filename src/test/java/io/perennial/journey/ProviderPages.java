package io.perennial.journey;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.perennial.accounts.signin.RealProvider;
import io.perennial.kernel.EmailAddress;

/** What people do at {@link RealProvider} in a browser. */
record ProviderPages(Page page, String provider, String console) {

    /** The cookie of the provider's session; the console's has a name of its own. */
    private static final String SESSION = "JSESSIONID";

    void chooseAtSignIn() {
        page.navigate("/login");
        page.getByText("Sign in with The acme").click();
        awaitProvider();
    }

    void awaitProvider() {
        page.waitForURL(url -> url.startsWith(provider));
    }

    void signIn(EmailAddress who) {
        page.locator("input[name=username]").fill(who.value());
        page.locator("input[name=password]").fill(RealProvider.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.endsWith("/login"));
    }

    /** It asks its people whether they agree, the first time they come. */
    void agree() {
        page.locator("input[name=scope]").first().waitFor();
        for (Locator scope : page.locator("input[name=scope]").all()) {
            scope.check();
        }
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Submit Consent"))
                .click();
        page.waitForURL(url -> url.startsWith(console));
    }

    /** This provider asks again only those who are not signed in there. */
    void forgetAtProvider() {
        page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName(SESSION));
    }

    /** In a tab of its own, by the link of the dialog, which stays. */
    void confirmInDialog(EmailAddress who) {
        forgetAtProvider();
        Page there =
                page.waitForPopup(() -> page.getByText("Confirm at The acme").click());
        there.locator("input[name=username]").fill(who.value());
        there.locator("input[name=password]").fill(RealProvider.PASSWORD);
        there.keyboard().press("Enter");
        there.getByText("Thank you, it is you").waitFor();
        there.close();
    }
}
