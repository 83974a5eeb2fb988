package io.perennial.customers;

import org.jspecify.annotations.Nullable;

/**
 * Something that customers did, or that was done for them, of which a feature keeps each time: mails sent, opened,
 * clicked, vouchers redeemed. Segments ask for it. All SQL here is constant and over one table, {@code a}.
 *
 * @param name as rules hold it; never changes
 * @param words key of the message that names it: "Mails opened"
 * @param from the table with its alias {@code a}
 * @param hint index hint behind it for reading what concerns everybody, where the optimizer chooses badly; or empty
 * @param where which of its rows; its one question mark is the tenant's
 * @param customer column of the customer's id
 * @param at column or expression of the time, UTC
 * @param count how many a group of rows are, as people count: mails opened, not openings
 * @param thing column of what is counted so, one value for each
 * @param about column of the id of what it was about (a mailing, a promotion), or nothing
 * @param detail column of the id of a detail (a link), or nothing
 * @param since narrows to the rows that can lie at or after a time, where an index knows it otherwise than by {@code
 *     at}: first question mark the tenant's, second the time (UTC); or nothing
 * @param noted what {@link CustomerChanges} is told each time it happens, in the same transaction, so that segments follow
 *     at once; nothing where it happens too often for that, and segments look every night
 */
public record ActivityKind(
        String name,
        String words,
        String from,
        String hint,
        String where,
        String customer,
        String at,
        String count,
        String thing,
        @Nullable String about,
        @Nullable String detail,
        @Nullable String since,
        @Nullable CustomerAspect noted) {}
