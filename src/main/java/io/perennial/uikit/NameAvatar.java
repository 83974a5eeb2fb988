package io.perennial.uikit;

import com.vaadin.flow.component.avatar.Avatar;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The initials of somebody, or of a business, in a circle beside their name, which says all that a reader needs: so it is hidden
 * from assistive technology. Left to itself an avatar takes every word's initial and cuts what a long name makes of it.
 */
public class NameAvatar extends Avatar {

    private static final int MOST = 3;

    public NameAvatar(String name) {
        super(name);
        setAbbreviation(initials(name));
        getElement().setAttribute("aria-hidden", "true");
    }

    static String initials(String name) {
        return Arrays.stream(name.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST)
                .map(word -> Character.toString(word.codePointAt(0)))
                .collect(Collectors.joining());
    }
}
