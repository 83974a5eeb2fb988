package io.perennial.customers.attributes;

import java.util.List;

/** Something that needs attributes (segments do). While any bean of this type names a use, the attribute stays. */
public interface AttributeUse {

    /** What uses an attribute, or one of its choices, as words ready to show. Within the current tenant. */
    List<String> usesOf(CustomerAttribute attribute);
}
