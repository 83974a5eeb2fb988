package io.perennial.uikit;

import com.vaadin.flow.component.grid.Grid;

/**
 * A grid as high as its rows, so that a short one leaves no empty box below them; beyond most of the window's height it
 * scrolls and reads on as any other, a page at a time.
 *
 * @param <T> what a row shows
 */
public class FittedGrid<T> extends Grid<T> {

    public FittedGrid() {
        addClassName("fitted-grid");
        setAllRowsVisible(true);
    }
}
