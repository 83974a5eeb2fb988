package io.perennial.segments;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A piece of a document and its place. Everything it gives was checked; what is not as wanted is refused with its place. */
final class DocumentPart {

    private final String pointer;
    private final JsonNode node;

    DocumentPart(String pointer, JsonNode node) {
        this.pointer = pointer;
        this.node = node;
    }

    /** Itself, if it is an object with no other members than these. */
    DocumentPart object(String... allowed) {
        if (!node.isObject()) {
            throw fault("segments.document.object");
        }
        Set<String> known = Set.of(allowed);
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw new InvalidDocument(below(name), "segments.document.unknown_member", name);
            }
        }
        return this;
    }

    DocumentPart get(String name) {
        if (!node.isObject()) {
            throw fault("segments.document.object");
        }
        JsonNode member = node.get(name);
        if (member == null) {
            throw fault("segments.document.member_missing", name);
        }
        return new DocumentPart(below(name), member);
    }

    boolean has(String name) {
        return node.isObject() && node.has(name);
    }

    /** Whether it is there and not null; documents of version 1 say null for nothing. */
    boolean hasValue(String name) {
        return has(name) && !node.get(name).isNull();
    }

    String text() {
        if (!node.isString()) {
            throw fault("segments.document.text");
        }
        return node.asString();
    }

    /** A text of at most so many characters. */
    String text(int longest) {
        String text = text();
        if (text.codePointCount(0, text.length()) > longest) {
            throw fault("segments.problem.too_long", longest);
        }
        return text;
    }

    int whole() {
        if (!node.isNumber()
                || node.decimalValue().stripTrailingZeros().scale() > 0
                || node.decimalValue().abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw fault("segments.document.whole");
        }
        return node.decimalValue().intValueExact();
    }

    boolean yesNo() {
        if (!node.isBoolean()) {
            throw fault("segments.document.yes_no");
        }
        return node.asBoolean();
    }

    <E extends Enum<E>> E oneOf(Class<E> type) {
        return oneOf(type.getEnumConstants());
    }

    @SafeVarargs
    final <E extends Enum<E>> E oneOf(E... wanted) {
        String text = text();
        return Arrays.stream(wanted)
                .filter(e -> e.name().equals(text))
                .findFirst()
                .orElseThrow(() -> fault("segments.document.one_of", text, String.join(", ", names(wanted))));
    }

    <T> List<T> list(int most, Function<DocumentPart, T> each) {
        if (!node.isArray()) {
            throw fault("segments.document.list");
        }
        if (node.size() > most) {
            throw fault("segments.document.list_long", most);
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            all.add(each.apply(new DocumentPart(pointer + "/" + i, node.get(i))));
        }
        return all;
    }

    InvalidDocument fault(String key, Object... params) {
        return new InvalidDocument(pointer, key, params);
    }

    private String below(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static List<String> names(Enum<?>[] wanted) {
        return Arrays.stream(wanted).map(Enum::name).toList();
    }
}
