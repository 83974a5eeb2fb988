package io.perennial.customers;

import java.util.List;
import java.util.Set;

/**
 * Lists of customers kept by hand, which another feature has: so that a selection can be put on one. All of it within the
 * current tenant.
 */
public interface CustomerLists {

    /** How many customers a list may hold. */
    long MOST = 1_000_000;

    /** A list cannot be changed so; the message says why and what to do, ready to show. */
    class Refused extends IllegalStateException {

        private static final long serialVersionUID = 1;

        public Refused(String words) {
            super(words);
        }

        /** Ready to show. */
        public String words() {
            return String.valueOf(getMessage());
        }
    }

    /** A list. */
    record Named(long id, String name) {}

    /** Those that can be changed, by name. */
    List<Named> named();

    /**
     * Makes a list. A name already taken gets a number behind it.
     *
     * @throws IllegalArgumentException if that is no name, with words ready to show
     */
    Named make(String name);

    /**
     * Puts customers on a list; who is on it stays as they are. Joins the caller's transaction.
     *
     * @return who came
     * @throws Refused if the list cannot be changed any more, or would hold more than {@link #MOST}
     */
    Set<Long> add(long list, List<Long> customers);

    /**
     * Takes customers off a list. Joins the caller's transaction.
     *
     * @return who left
     */
    Set<Long> remove(long list, List<Long> customers);
}
