package io.perennial.journey;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real Chromium found on this machine, driven by Playwright. What it shows when a test fails is told by {@link SeenOnFailure}. */
final class Browser implements AutoCloseable {

    /** For all that is waited for: another test, its server and its database may have the machine meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<Browser> OPEN = new CopyOnWriteArrayList<>();

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<Page> pages = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS));
        PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
        OPEN.add(this);
    }

    static List<Browser> open() {
        return List.copyOf(OPEN);
    }

    /** Chromium's path: {@code CHROMIUM} where it is set, else the first of the usual names on the PATH. */
    static Optional<Path> find() {
        String given = System.getenv("CHROMIUM");
        if (given != null && !given.isBlank()) {
            return Optional.of(Path.of(given));
        }
        String[] folders = System.getenv("PATH").split(java.io.File.pathSeparator);
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Page page(String base, int width, int height, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(width, height)
                .setLocale("en-GB")
                .setColorScheme(scheme));
        return watched(context.newPage());
    }

    /** Beside this one, of the same person. */
    Page anotherTab(Page page) {
        return watched(page.context().newPage());
    }

    /**
     * As if nobody had signed in here. The page is left first: an answer still on its way to it would bring a new session's cookie
     * after the next page's, whose forms and questions would then be of another session.
     */
    static void forget(Page page) {
        page.navigate("/icons/passkey.svg");
        page.context().clearCookies();
    }

    private Page watched(Page page) {
        pages.add(page);
        page.setDefaultTimeout((double) PATIENCE.toMillis());
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if ("error".equals(message.type())) {
                errors.add(message.text() + " (" + message.location() + ")");
            }
        });
        return page;
    }

    /** What the pages' scripts complained about so far. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Where its pages are, what is to be read there and what their scripts complained about. */
    String seen() {
        StringBuilder seen = new StringBuilder();
        for (Page page : pages) {
            if (!page.isClosed()) {
                seen.append(page.url()).append('\n').append(text(page)).append('\n');
            }
        }
        errors.forEach(error -> seen.append("error: ").append(error).append('\n'));
        return seen.toString();
    }

    private static String text(Page page) {
        try {
            return page.locator("body").innerText(new Locator.InnerTextOptions().setTimeout(5_000));
        } catch (PlaywrightException e) {
            return "(nothing to be read: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        OPEN.remove(this);
        chromium.close();
        playwright.close();
    }
}
