package io.perennial.uikit;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import java.util.List;

/** Links to the sibling pages of one part of the console, looking like tabs; hidden while there is only one. */
public class SubNav extends Nav {

    /**
     * @param href route, without a leading slash
     */
    public record Link(String text, String href) {}

    /**
     * @param label says to those who do not see it what these pages are of
     * @param current the href of the page that is open
     */
    public SubNav(String label, List<Link> links, String current) {
        addClassName("subnav");
        setAriaLabel(label);
        setVisible(links.size() > 1);
        for (Link link : links) {
            Anchor anchor = new Anchor(link.href(), link.text());
            anchor.setRouterIgnore(false);
            if (link.href().equals(current)) {
                anchor.getElement().setAttribute("aria-current", "page");
            }
            add(anchor);
        }
    }
}
