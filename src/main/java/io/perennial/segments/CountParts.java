package io.perennial.segments;

import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Cuts what is asked of a business's customers into parts that together are about each of them once. */
@Component
@TenantSql("Says on which server something is looked for; runs no statement.")
@EnableConfigurationProperties(CountSettings.class)
class CountParts {

    /** Pieces of a count that takes long, so that something is to be seen of it. */
    private static final int PIECES_WHEN_LONG = 20;

    /** Pieces for each connection where some customers take much longer than others. */
    private static final int PIECES_WHEN_UNEVEN = 2;

    private final CustomerSlices slices;
    private final CountBasis basis;
    private final CountSettings settings;

    CountParts(CustomerSlices slices, CountBasis basis, CountSettings settings) {
        this.slices = slices;
        this.basis = basis;
        this.settings = settings;
    }

    /**
     * Some customers, as {@link CountSql} is asked of them.
     *
     * @param copy what shows them as they are
     */
    record Part(RuleContext context, CountCopy copy) {}

    /** A valid rule as it is best counted: without other segments, from summaries where these say the same. */
    static Rule asked(Rule rule, RuleContext context) {
        return KeptFigures.in(SegmentReferences.inlined(rule, context.scope()), context.today());
    }

    /**
     * The slices of all who are as the basis shows them, and those who changed, apart.
     *
     * @param rule as {@link #asked} gives it
     */
    List<Part> of(Rule rule, RuleContext context) {
        return of(rule, context, basis);
    }

    /** The same as a server shows it, on which it will be counted. */
    List<Part> of(Rule rule, RuleContext context, DataSource server) {
        return of(rule, context, basis.at(server));
    }

    /** The same of the tables themselves, whatever the basis shows. */
    List<Part> ofTables(Rule rule, RuleContext context) {
        return of(rule, context, CountCopy.NONE, List.of());
    }

    private List<Part> of(Rule rule, RuleContext context, CountBasis there) {
        if (CountRoads.best(rule, context, CountCopy.ROWS_AND_WORDS) == CountCopy.NONE) {
            return ofTables(rule, context);
        }
        CountBasis.Shown shown = there.shown(context.tenant());
        return of(rule, context, CountRoads.best(rule, context, shown.copy()), shown.changed());
    }

    private List<Part> of(Rule rule, RuleContext context, CountCopy copy, List<Long> changed) {
        RuleContext others = copy.hasRows() ? context.without(changed) : context;
        boolean uneven = CountRoads.looksUpLines(rule);
        int pieces = CountRoads.readsLong(rule, context, copy.hasRows())
                ? PIECES_WHEN_LONG
                : settings.parallel() * (uneven ? PIECES_WHEN_UNEVEN : 1);
        List<Part> parts = new ArrayList<>();
        // The newest first, who buy most, or one connection would still be at work on them when the others are done.
        slices.of(context.tenant(), pieces)
                .reversed()
                .forEach(range -> parts.add(new Part(others.within(range), copy)));
        if (!others.without().isEmpty()) {
            parts.add(new Part(context.among(others.without()), CountCopy.NONE));
        }
        return parts;
    }
}
