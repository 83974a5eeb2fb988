package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.attributes.AttributeUse;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Group;
import java.util.List;
import org.springframework.stereotype.Component;

/** Segments whose rules ask for an attribute. */
@Component
class AttributesUsedBySegments implements AttributeUse {

    private final SegmentRepository segments;

    AttributesUsedBySegments(SegmentRepository segments) {
        this.segments = segments;
    }

    @Override
    public List<String> usesOf(CustomerAttribute attribute) {
        return segments.findAllByOrderByName().stream()
                .filter(segment -> asks(segment.rule(), attribute.key()))
                .map(segment -> t("segments.use_in_segment", segment.name()))
                .toList();
    }

    private static boolean asks(Rule rule, String key) {
        return switch (rule) {
            case Group group -> group.rules().stream().anyMatch(part -> asks(part, key));
            case Attribute condition -> condition.key().equals(key);
            default -> false;
        };
    }
}
