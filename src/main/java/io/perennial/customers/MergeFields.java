package io.perennial.customers;

import java.util.List;

/** The columns of a customer's own row that a merge may take from either. */
public final class MergeFields {

    /** In the order in which people look at them. */
    public static final List<String> ALL = List.of(
            "first_name",
            "last_name",
            "email",
            "phone",
            "external_id",
            "birthday",
            "gender",
            "city",
            "country",
            "locale",
            "zone");

    private MergeFields() {}
}
