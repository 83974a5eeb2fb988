package io.perennial.uikit;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.dom.Element;

/**
 * Where somebody was in a list: who goes back from what they opened finds the rows where they left them, and the focus on
 * the row they came from. The browser keeps it, per tab and for the latest list only.
 */
public final class ListPlace {

    /** Cells are children of the grid, in slots of its rows; a row leads to where the first link in it leads. */
    private static final String KEEP = """
        const grid = this;
        const keep = (row) => {
          const link = [...row.querySelectorAll('slot')].flatMap((slot) => slot.assignedElements())
            .map((cell) => cell.querySelector('a[href]')).find((found) => found);
          if (link) {
            sessionStorage.setItem('perennial.place', JSON.stringify({ page: location.pathname + location.search,
              first: Math.round(grid._firstVisibleIndex || 0), href: link.getAttribute('href') }));
          }
          return link;
        };
        const rowOf = (event) => event.composedPath().find((one) => one.localName === 'tr' && one.closest('tbody'));
        grid.addEventListener('click', (event) => { const row = rowOf(event); if (row) { keep(row); } }, true);
        grid.addEventListener('keydown', (event) => {
          const row = rowOf(event);
          if (!row || (event.key !== 'Enter' && event.key !== ' ')) { return; }
          const link = keep(row);
          const cell = event.composedPath().find((one) => one.localName === 'td');
          const inCell = event.composedPath().some((one) => one.localName === 'vaadin-grid-cell-content');
          const selects = cell && cell._column && cell._column.localName.includes('selection');
          if (event.key === 'Enter' && link && !inCell && !selects) {
            event.preventDefault();
            event.stopImmediatePropagation();
            link.click();
          }
        }, true);
        """;

    /** The router puts the address of the page it is leaving back until the new page is there. */
    private static final String WHERE = """
        const place = JSON.parse(sessionStorage.getItem('perennial.place') || '{}'), until = Date.now() + 2000;
        return new Promise((done) => {
          const look = () => {
            if (place.page === location.pathname + location.search) {
              done(place.first);
            } else if (!place.page || Date.now() > until) {
              done(-1);
            } else {
              setTimeout(look, 20);
            }
          };
          look();
        });
        """;

    /** Rows come when they come; it ends as soon as somebody does something else, or after ten seconds. */
    private static final String BACK = """
        const grid = this, until = Date.now() + 10000;
        const href = JSON.parse(sessionStorage.getItem('perennial.place') || '{}').href;
        let stopped = false;
        const stop = () => { stopped = true; };
        ['keydown', 'pointerdown', 'wheel'].forEach((what) => addEventListener(what, stop, { once: true, capture: true }));
        const look = () => {
          const link = [...grid.querySelectorAll('a[href]')].find((one) => one.getAttribute('href') === href);
          const cell = link && link.closest('vaadin-grid-cell-content').assignedSlot;
          if (stopped || Date.now() > until) { return; }
          if (cell && cell.parentElement.offsetHeight) {
            cell.parentElement.focus();
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
        """;

    private ListPlace() {}

    /** Remembers the row that is opened. Enter opens it, whichever of its cells has the focus. */
    public static void keep(Grid<?> grid) {
        Element element = grid.getElement();
        grid.addAttachListener(e -> element.executeJs(KEEP));
    }

    /**
     * Shows the rows that were seen when a list with this address was left, if that was the latest one.
     *
     * @param rows how many the list has at least
     */
    public static void comeBack(Grid<?> grid, int rows) {
        grid.getElement().executeJs(WHERE).then(Integer.class, place -> {
            int first = Math.min(place, rows - 1);
            if (first >= 0) {
                if (first > 0) {
                    grid.getLazyDataView().setItemCountEstimate(rows);
                    grid.scrollToIndex(first);
                }
                grid.getElement().executeJs(BACK);
            }
        });
    }
}
