package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.CustomerLists;

/** A list cannot be made or changed so; the message says why and what to do, ready to show. */
public class ListRefused extends CustomerLists.Refused {

    private ListRefused(String words) {
        super(words);
    }

    static ListRefused full(long most) {
        return new ListRefused(t("segments.list.full", most));
    }

    static ListRefused tooMany(long most) {
        return new ListRefused(t("segments.list.too_many", most));
    }

    static ListRefused archived(String name) {
        return new ListRefused(t("segments.list.archived", name));
    }

    static ListRefused noList(String name) {
        return new ListRefused(t("segments.list.no_list", name));
    }
}
