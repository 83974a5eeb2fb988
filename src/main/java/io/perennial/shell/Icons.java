package io.perennial.shell;

import com.vaadin.flow.component.icon.AbstractIcon;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.SvgIcon;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shell's icons: one family of fine lines, each a small file below {@code /icons}. */
final class Icons {

    /** By a page's path, or its first part. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("", "home"),
            Map.entry("customers", "customers"),
            Map.entry("segments", "segments"),
            Map.entry("campaigns", "campaigns"),
            Map.entry("templates", "templates"),
            Map.entry("promotions", "promotions"),
            Map.entry("insights", "insights"),
            Map.entry("settings", "settings"),
            Map.entry("account", "account"),
            Map.entry("dev", "inbox"),
            Map.entry("imports", "imports"),
            Map.entry("redeem", "redeem"),
            Map.entry("delivery", "sending"),
            Map.entry("sending", "sending"),
            Map.entry("operator/queue", "sending"),
            Map.entry("operator/businesses", "businesses"),
            Map.entry("operator/jobs", "jobs"),
            Map.entry("operator/health", "health"),
            Map.entry("operator/version", "version"),
            Map.entry("consent", "consent"));

    private Icons() {}

    static SvgIcon of(String name) {
        SvgIcon icon = new SvgIcon("icons/" + name + ".svg");
        icon.getElement().setAttribute("aria-hidden", "true");
        return icon;
    }

    /** A page's icon; for one that the shell does not know, the one its menu entry names. */
    static AbstractIcon<?> ofPage(String path, @Nullable String named) {
        String place = path.replaceFirst("^/", "").replaceFirst("[?].*$", "");
        String name = PAGES.getOrDefault(place, PAGES.get(place.replaceFirst("/.*$", "")));
        return name != null || named == null ? of(name == null ? "arrow" : name) : new Icon(named);
    }
}
