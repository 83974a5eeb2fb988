package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;

/**
 * The first stop of the Tab key: leads over search and navigation to the title of the page. Seen only while it has the focus. There
 * is one in the drawer and one in the bar that stands in for it on narrow screens.
 */
class SkipLink extends Anchor {

    SkipLink() {
        super("#", t("shell.skip"));
        addClassName("skip-link");
        setRouterIgnore(true);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs("""
            this.addEventListener('click', (e) => {
              e.preventDefault();
              const title = this.closest('vaadin-app-layout').querySelector('h1');
              if (title) {
                title.tabIndex = -1;
                title.focus();
              }
            });\
            """);
    }
}
