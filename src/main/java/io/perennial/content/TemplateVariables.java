package io.perennial.content;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The variables that templates may use. */
public final class TemplateVariables {

    /**
     * A variable.
     *
     * @param name as it is written, for instance {@code customer.first_name}
     * @param optional whether some customers have none, so the template should give a default
     * @param filter the filter it is usually shown with, or empty
     */
    public record Variable(String name, boolean optional, String filter) {

        /** As it is put into a template. */
        public String snippet() {
            String shown = filter.isEmpty() ? name : name + " | " + filter;
            return "{{ " + shown + (optional ? " | default: \"\"" : "") + " }}";
        }
    }

    public static final List<Variable> ALL = List.of(
            new Variable("customer.first_name", true, ""),
            new Variable("customer.last_name", true, ""),
            new Variable("customer.email", false, ""),
            new Variable("customer.city", true, ""),
            new Variable("customer.birthday", true, "date_long"),
            new Variable("orders.count", false, ""),
            new Variable("orders.value", false, "money"),
            new Variable("orders.last_date", true, "date_long"),
            new Variable("orders.last_product", true, ""),
            new Variable("orders.favourite_category", true, ""),
            new Variable("voucher.code", false, ""),
            new Variable("voucher.offer", false, ""),
            new Variable("voucher.expires", false, "date_long"),
            new Variable("business.name", false, ""),
            new Variable("business.postal_address", false, ""),
            new Variable("business.website", true, ""),
            new Variable("links.unsubscribe", false, ""),
            new Variable("links.preferences", false, ""));

    private static final Set<String> NAMES = ALL.stream().map(Variable::name).collect(Collectors.toSet());
    private static final Set<String> OPTIONAL =
            ALL.stream().filter(Variable::optional).map(Variable::name).collect(Collectors.toSet());
    private static final Set<String> ROOTS =
            NAMES.stream().map(name -> name.substring(0, name.indexOf('.'))).collect(Collectors.toSet());

    private TemplateVariables() {}

    public static Set<String> names() {
        return NAMES;
    }

    /** Whether a template may read it; also a part of one ({@code customer.first_name.size}), and a group itself. */
    public static boolean isKnown(String name) {
        return ROOTS.contains(name)
                || NAMES.contains(name)
                || NAMES.stream().anyMatch(known -> name.startsWith(known + ".") || name.startsWith(known + "["));
    }

    public static boolean isOptional(String name) {
        return OPTIONAL.contains(name);
    }
}
