package io.perennial.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A newcomer's first hour on an installation that already runs and is empty, as the Compose files bring it up: sign in,
 * say who sends, import, write a mail, send a campaign, read it back over IMAP, leave by one click. The continuous
 * integration runs it on both Compose files; it needs {@code PERENNIAL_CONSOLE_URL}, and takes the owner's address,
 * the password and the catcher's IMAP port from the variables the Compose files know.
 */
@EnabledIfEnvironmentVariable(named = "PERENNIAL_CONSOLE_URL", matches = "http.*")
class RunningConsoleIT {

    private static final int CUSTOMERS = 12;
    private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
            new LocatorAssertions.IsVisibleOptions().setTimeout(90_000);

    @TempDir
    Path folder;

    private Page page;

    @Test
    void aCampaignGoesFromAnEmptyInstallationToAnInbox() throws Exception {
        Path chromium = Browser.find().orElseThrow(() -> new IllegalStateException("No Chromium on this machine"));
        try (Browser browser = new Browser(chromium)) {
            page = browser.page(System.getenv("PERENNIAL_CONSOLE_URL"), 1440, 900, ColorScheme.LIGHT);
            try {
                signIn();
                sayWhoSends();
                importFile("customers.csv", customers());
                importFile("orders.csv", orders());
                makeASegment();
                writeAMail();
                send();
            } catch (PlaywrightException | AssertionError e) {
                Files.createDirectories(Path.of("target", "journey"));
                page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "journey", "running.png")));
                throw e;
            }
            everybodyGotOne();
            assertThat(browser.errors()).isEmpty();
        }
    }

    private void signIn() {
        page.navigate("/login");
        page.locator("input[name=username]")
                .fill(System.getenv().getOrDefault("PERENNIAL_BOOTSTRAP_EMAIL", "owner@perennial.example"));
        page.locator("input[name=password]").fill(System.getenv("PERENNIAL_BOOTSTRAP_PASSWORD"));
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private void sayWhoSends() {
        page.navigate("/settings");
        page.getByLabel("Postal address").fill("Lipová 5, 602 00 Brno");
        page.getByLabel("Sender address").fill("hello@shop.example");
        button("Save settings").click();
        assertThat(page.getByText("Settings saved.")).isVisible();
    }

    private static String customers() {
        StringBuilder csv = new StringBuilder("external_id;email;first_name;city\n");
        IntStream.rangeClosed(1, CUSTOMERS).forEach(i -> csv.append("c%d;%s;Ada%d;Brno\n".formatted(i, address(i), i)));
        return csv.toString();
    }

    private static String orders() {
        StringBuilder csv = new StringBuilder("order_id;customer_id;date;sku;product;category;quantity;price\n");
        for (int i = 1; i <= CUSTOMERS; i++) {
            for (int o = 1; o <= 3; o++) {
                csv.append("o%d-%d;c%d;%s;k1;Kenya AA;Coffee;2;250\n"
                        .formatted(i, o, i, LocalDate.now().minusDays(40L * o)));
            }
        }
        return csv.toString();
    }

    private void importFile(String name, String content) throws IOException {
        page.navigate("/customers/import");
        page.locator("vaadin-upload input[type=file]").setInputFiles(Files.writeString(folder.resolve(name), content));
        button("Check the file").click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^Import \\d+ (customers|orders)")))
                .click();
        assertThat(page.getByText("Done").first()).isVisible(PATIENTLY);
    }

    private void makeASegment() {
        page.navigate("/segments/new?starter=REGULARS");
        page.getByLabel("Name").fill("Regulars");
        assertThat(page.getByText(CUSTOMERS + " customers").first()).isVisible();
        button("Save segment").click();
        assertThat(page.getByText("Saved “Regulars”.")).isVisible();
    }

    private void writeAMail() {
        page.navigate("/templates/new");
        button("Use this one: Win back").click();
        page.waitForURL(Pattern.compile(".*/templates/\\d+"));
    }

    private void send() {
        page.navigate("/campaigns/new");
        page.getByLabel("Name").fill("Hello again");
        page.getByLabel("Name").press("Tab");
        choose("Customers in these segments", "Regulars");
        choose("Template", "Win back");
        page.getByLabel("As soon as you press the button").check();
        button("Send now to " + CUSTOMERS + " customers").first().click();
        page.locator("vaadin-confirm-dialog vaadin-button[slot=confirm-button]").click();
        assertThat(page.getByText("Sent").first()).isVisible(PATIENTLY);
    }

    private void everybodyGotOne() throws Exception {
        for (int i = 1; i <= CUSTOMERS; i++) {
            String address = address(i);
            await().ignoreExceptions()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> inbox(address).equals(List.of(address)));
        }
        String unsubscribe = unsubscribeLink(address(1));
        HttpResponse<String> gone = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(unsubscribe))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(gone.statusCode()).isEqualTo(200);
    }

    /** Whom the mails in this inbox are for, one entry a mail. */
    private static List<String> inbox(String address) throws MessagingException {
        try (Store store = store(address);
                Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            return IntStream.rangeClosed(1, inbox.getMessageCount())
                    .mapToObj(number -> {
                        try {
                            return inbox.getMessage(number)
                                    .getAllRecipients()[0]
                                    .toString();
                        } catch (MessagingException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .map(to -> to.replaceAll(".*<|>.*", ""))
                    .toList();
        }
    }

    private static String unsubscribeLink(String address) throws Exception {
        try (Store store = store(address);
                Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            Message mail = inbox.getMessage(1);
            assertThat(mail.getSubject()).isNotBlank();
            assertThat(mail.getFrom()[0].toString()).contains("hello@shop.example");
            assertThat(((Multipart) mail.getContent()).getCount()).isEqualTo(2);
            return mail.getHeader("List-Unsubscribe")[0].replaceAll(".*<(http[^>]+)>.*", "$1");
        }
    }

    private static Store store(String address) throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect(
                "127.0.0.1",
                Integer.parseInt(System.getenv().getOrDefault("PERENNIAL_IMAP_PORT", "3143")),
                address,
                "any");
        return store;
    }

    private void choose(String label, String option) {
        Locator box = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        box.click();
        box.pressSequentially(option);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option))
                .first()
                .click();
        box.press("Escape");
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static String address(int customer) {
        return "ada" + customer + "@customer.example";
    }
}
