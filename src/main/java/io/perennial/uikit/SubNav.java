package io.perennial.uikit;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import java.util.List;

/**
 * Links to the sibling pages of one part of the console, looking like tabs; hidden while there is only one. Where they
 * are many they are grouped: a tab leads to the first page of its group, and the pages of the group that is open stand
 * below the tabs. A group of one page is called as that page.
 */
public class SubNav extends Nav {

    /**
     * @param href route, without a leading slash
     */
    public record Link(String text, String href) {}

    /**
     * @param links one at least
     */
    public record Group(String text, List<Link> links) {

        private boolean has(String href) {
            return links.stream().anyMatch(link -> link.href().equals(href));
        }
    }

    /**
     * @param label says to those who do not see it what these pages are of
     * @param current the href of the page that is open
     */
    public SubNav(String label, List<Link> links, String current) {
        this(label);
        setVisible(links.size() > 1);
        Div tabs = row("subnav-tabs");
        for (Link link : links) {
            tabs.add(anchor(link.text(), link.href(), link.href().equals(current) ? "page" : ""));
        }
    }

    private SubNav(String label) {
        addClassName("subnav");
        setAriaLabel(label);
    }

    /**
     * @param groups those without a link are left out by the caller
     * @param current the href of the page that is open
     */
    public static SubNav ofGroups(String label, List<Group> groups, String current) {
        SubNav nav = new SubNav(label);
        Div tabs = nav.row("subnav-tabs");
        for (Group group : groups) {
            boolean alone = group.links().size() == 1;
            String mark = group.has(current) ? (alone ? "page" : "true") : "";
            Link first = group.links().getFirst();
            tabs.add(anchor(alone ? first.text() : group.text(), first.href(), mark));
            if (group.has(current) && !alone) {
                Div pages = nav.row("subnav-pages");
                group.links()
                        .forEach(link -> pages.add(
                                anchor(link.text(), link.href(), link.href().equals(current) ? "page" : "")));
            }
        }
        nav.setVisible(groups.stream().mapToInt(group -> group.links().size()).sum() > 1);
        return nav;
    }

    /** On a phone the tabs run out of the screen: the one that is open is brought into sight. */
    @Override
    protected void onAttach(AttachEvent event) {
        getElement()
                .executeJs("requestAnimationFrame(() => this.querySelectorAll('[aria-current]').forEach("
                        + "tab => tab.scrollIntoView({ inline: 'center', block: 'nearest' })))");
    }

    private Div row(String name) {
        Div row = new Div();
        row.addClassName(name);
        add(row);
        return row;
    }

    private static Anchor anchor(String text, String href, String mark) {
        Anchor anchor = new Anchor(href, text);
        anchor.setRouterIgnore(false);
        if (!mark.isEmpty()) {
            anchor.getElement().setAttribute("aria-current", mark);
        }
        return anchor;
    }
}
