package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * What two customers who become one have in all tables that features name: each goes the way its table says, which is
 * {@link MergeEngine}'s. Joins the caller's transaction.
 */
@Component
class MergedRows {

    private final PersonalTables tables;
    private final MergeEngine engine;

    MergedRows(PersonalTables tables, MergeEngine engine) {
        this.tables = tables;
        this.engine = engine;
    }

    /**
     * Rows by table.
     *
     * @param moving those that would become the survivor's
     * @param staying those that would stay, because the survivor has one of the same
     */
    record Counts(SortedMap<String, Long> moving, SortedMap<String, Long> staying) {}

    /**
     * What was done, as {@link MergeUndo} keeps it.
     *
     * @param moved by table, the columns that tell the rows apart
     */
    record Moved(TreeMap<String, List<List<String>>> moved, List<MergeUndo.Replaced> replaced) {}

    Counts count(CustomerId survivor, CustomerId merged) {
        Counts counts = new Counts(new TreeMap<>(), new TreeMap<>());
        for (PersonalTable table : tables.all()) {
            long[] rows = engine.count(table, survivor, merged);
            counts.moving().put(table.name(), rows[0]);
            counts.staying().put(table.name(), rows[1]);
        }
        return counts;
    }

    Moved move(CustomerId survivor, CustomerId merged) {
        Moved done = new Moved(new TreeMap<>(), new ArrayList<>());
        for (PersonalTable table : tables.all()) {
            done.replaced().addAll(engine.tighten(table, survivor, merged));
            done.moved().put(table.name(), engine.move(table, survivor, merged));
        }
        return done;
    }

    /**
     * Moves what came for the merged one since, and adds it to what can be taken back. Of what only one of the two may
     * have, the survivor's is settled already.
     *
     * @return whether there was anything
     */
    boolean moveMore(CustomerId survivor, CustomerId merged, MergeUndo undo) {
        boolean any = false;
        for (PersonalTable table : tables.all()) {
            if (table.merging() != null && table.merging().way() == MergeRule.Way.MOVES) {
                List<List<String>> keys = engine.move(table, survivor, merged);
                if (!keys.isEmpty()) {
                    any = true;
                    List<List<String>> all = new ArrayList<>(undo.moved().getOrDefault(table.name(), List.of()));
                    all.addAll(keys);
                    undo.moved().put(table.name(), all);
                }
            }
        }
        return any;
    }

    /**
     * Gives everything back that is still as it was moved.
     *
     * @return the tables of which something was changed or taken away since
     */
    List<String> giveBack(CustomerMerge done, MergeUndo undo) {
        List<String> kept = new ArrayList<>();
        Map<String, PersonalTable> byName = new LinkedHashMap<>();
        tables.all().forEach(table -> byName.put(table.name(), table));
        undo.moved().forEach((name, keys) -> {
            PersonalTable table = byName.get(name);
            if (table != null && engine.reassign(table, keys, done.survivor(), done.merged()) < keys.size()) {
                kept.add(name);
            }
        });
        for (MergeUndo.Replaced replaced : undo.replaced()) {
            PersonalTable table = byName.get(replaced.table());
            if (table != null && !engine.loosen(table, done.survivor(), replaced)) {
                kept.add(replaced.table());
            }
        }
        return kept;
    }
}
