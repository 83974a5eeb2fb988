package io.perennial.delivery.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Some header fields, in their order; of a mail, or of one paragraph of a report. Names have no case. */
final class MailFields {

    private static final int MOST = 500;

    private final List<Field> all = new ArrayList<>();

    private record Field(String name, String value) {}

    void add(String name, String value) {
        if (all.size() < MOST) {
            all.add(new Field(name.strip().toLowerCase(Locale.ROOT), value.strip()));
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean has(String name) {
        return all.stream().anyMatch(field -> field.name.equals(name));
    }

    /** The first value of that name (in lower case), or nothing. */
    String first(String name) {
        return all.stream()
                .filter(field -> field.name.equals(name))
                .map(Field::value)
                .findFirst()
                .orElse("");
    }

    List<String> all(String name) {
        return all.stream()
                .filter(field -> field.name.equals(name))
                .map(Field::value)
                .toList();
    }

    /** Reads paragraphs of fields, which empty lines part; a line that is none is passed over. */
    static List<MailFields> paragraphs(String text, int most) {
        List<MailFields> result = new ArrayList<>();
        MailFields current = new MailFields();
        String name = "";
        StringBuilder value = new StringBuilder();
        for (String line : (text + "\n\n").lines().toList()) {
            boolean folded = !line.isBlank() && Character.isWhitespace(line.charAt(0));
            if (folded) {
                value.append(' ').append(line.strip());
                continue;
            }
            if (!name.isEmpty()) {
                current.add(name, value.toString());
            }
            int colon = line.indexOf(':');
            name = colon > 0 && line.substring(0, colon).indexOf(' ') < 0 ? line.substring(0, colon) : "";
            value.setLength(0);
            value.append(colon > 0 ? line.substring(colon + 1) : "");
            if (line.isBlank() && !current.isEmpty()) {
                result.add(current);
                current = new MailFields();
                if (result.size() == most) {
                    return result;
                }
            }
        }
        return result;
    }
}
