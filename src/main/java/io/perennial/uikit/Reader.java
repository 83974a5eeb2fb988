package io.perennial.uikit;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In which zone the one in front of the page looks at what happened. What a business plans and counts by days stays in the
 * business's zone, and says so.
 */
public final class Reader {

    private Reader() {}

    /** Their own zone, if they chose one, or the business's. */
    public static ZoneId zone(ZoneId ofBusiness) {
        return Optional.ofNullable(UI.getCurrent())
                .map(ui -> ComponentUtil.getData(ui, ZoneId.class))
                .orElse(ofBusiness);
    }

    /** For this page from now on; null takes it back. */
    public static void choose(UI ui, @Nullable ZoneId zone) {
        ComponentUtil.setData(ui, ZoneId.class, zone);
    }
}
