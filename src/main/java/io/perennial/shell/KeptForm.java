package io.perennial.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed into a form around signing in whose page was too old to be taken: shown once in the fresh form. Names and
 * addresses only, never a password or a code.
 */
record KeptForm(String path, HashMap<String, String> values) implements Serializable {

    /** With which a page is asked for that says so. */
    static final String STALE = "stale";

    /** No field of ours is longer than an address. */
    private static final int LONGEST = 254;

    private static final String KEPT = KeptForm.class.getName();

    /** By the beginning of the form's path. */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "/login", List.of("username"),
            "/sign-in/forgot", List.of("email"),
            "/sign-in/new-password/", List.of(),
            "/sign-in/new-address/", List.of(),
            "/sign-up", List.of("email"),
            "/sign-up/", List.of("business", "person", "terms"));

    /** Keeps what may be kept of a form that was sent; false where it is none of those. */
    static boolean keep(String path, HttpServletRequest request) {
        List<String> fields = FIELDS.get(path);
        if (fields == null) {
            fields = FIELDS.get(path.substring(0, path.lastIndexOf('/') + 1));
        }
        if (fields == null) {
            return false;
        }
        HashMap<String, String> values = new HashMap<>();
        for (String field : fields) {
            String value = request.getParameter(field);
            // Another site can send a form too: it shall not fill in ours.
            if (value != null && value.length() <= LONGEST && isOurs(request)) {
                values.put(field, value);
            }
        }
        if (!values.isEmpty()) {
            request.getSession(true).setAttribute(KEPT, new KeptForm(path, values));
        }
        return true;
    }

    /** Browsers say whose page sends a form; old ones say nothing. */
    private static boolean isOurs(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin");
    }

    /** What was kept of this page's form, once. */
    static Optional<KeptForm> take(HttpServletRequest request) {
        return take(
                request,
                request.getRequestURI().substring(request.getContextPath().length()));
    }

    /** For a page that asks by another request than the one it was opened by. */
    static Optional<KeptForm> take(HttpServletRequest request, String path) {
        HttpSession session = request.getSession(false);
        if (session != null && session.getAttribute(KEPT) instanceof KeptForm kept && kept.path.equals(path)) {
            session.removeAttribute(KEPT);
            return Optional.of(kept);
        }
        return Optional.empty();
    }

    static boolean isStale(HttpServletRequest request) {
        return request.getParameter(STALE) != null;
    }

    /** Empty where it was not given. */
    String value(String field) {
        return values.getOrDefault(field, "");
    }
}
