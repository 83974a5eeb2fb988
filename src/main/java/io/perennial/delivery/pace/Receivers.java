package io.perennial.delivery.pace;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Which addresses lie with the same receiver. */
@Component
public class Receivers {

    private final Map<String, String> groups;
    private final List<String> names;
    private final Map<String, List<String>> domains;

    Receivers(PaceProperties properties) {
        this.groups = properties.groupOfDomain();
        this.domains = properties.receivers();
        this.names = Stream.concat(properties.receivers().keySet().stream(), Stream.of(PaceProperties.REST))
                .toList();
    }

    /** The group of an address's domain, or "rest". */
    public String of(String email) {
        String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return groups.getOrDefault(domain, PaceProperties.REST);
    }

    /** All groups, "rest" last. */
    public List<String> names() {
        return names;
    }

    /** The domains of a group; none of "rest". */
    public List<String> domains(String name) {
        return domains.getOrDefault(name, List.of());
    }

    /** A group as staff know it. */
    static String label(String name) {
        return switch (name) {
            case PaceProperties.REST -> "all other receivers";
            case "gmail" -> "Gmail";
            case "microsoft" -> "Outlook and Hotmail";
            case "yahoo" -> "Yahoo and AOL";
            case "apple" -> "iCloud";
            case "seznam" -> "Seznam";
            case "gmx" -> "GMX and WEB.DE";
            default -> name;
        };
    }
}
