package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts how kept segments overlap. Members are put into words of 64 customers, a column of words for each segment, and
 * the regions are bits combined: a million customers are grouped into some ten thousand rows.
 *
 * @see <a href="../../../../../docs/decisions/0311-overlaps-by-words.md">0311-overlaps-by-words.md</a>
 */
@Component
@TenantSql("Counts over rows that the upkeep writes in sets; the statement names the tenant.")
class OverlapReader {

    private final JdbcClient jdbc;

    OverlapReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many customers are in each combination of at least one of some segments, those of fewer first. */
    List<OverlapRegion> regions(TenantId tenant, List<SegmentId> segments) {
        List<Set<SegmentId>> regions = combinations(segments);
        SqlFragment sql = counted(tenant, segments, regions);
        return jdbc.sql(sql.sql())
                .params(sql.params())
                .query((row, n) -> counted(row, regions))
                .single();
    }

    private static List<OverlapRegion> counted(ResultSet row, List<Set<SegmentId>> regions) throws SQLException {
        List<OverlapRegion> counted = new ArrayList<>();
        for (Set<SegmentId> region : regions) {
            counted.add(new OverlapRegion(region, row.getLong(counted.size() + 1)));
        }
        return counted;
    }

    /**
     * Each segment by itself, along the key of segments: asked for several at once, where they are much of what there is, the
     * optimizer would rather read all the business has, or all there is.
     */
    private static SqlFragment counted(TenantId tenant, List<SegmentId> segments, List<Set<SegmentId>> regions) {
        SqlBuilder sql = new SqlBuilder()
                .add("SELECT " + WordsSql.IN_MEMORY)
                .add(regions.stream()
                        .map(region -> "COALESCE(SUM(BIT_COUNT(" + bits(segments, region) + ")), 0)")
                        .collect(Collectors.joining(", ")))
                .add(" FROM (SELECT ")
                .add(IntStream.range(0, segments.size())
                        .mapToObj(i -> "BIT_OR(IF(segment = " + i + ", bits, NULL)) AS b" + i)
                        .collect(Collectors.joining(", ")))
                .add(" FROM (");
        for (int i = 0; i < segments.size(); i++) {
            sql.add((i == 0 ? "" : " UNION ALL ") + "SELECT " + i + " AS segment, m.customer_id >> 6 AS word, "
                            + "BIT_OR(1 << (m.customer_id & 63)) AS bits FROM segment_member m FORCE INDEX (PRIMARY) ")
                    .add(
                            "WHERE m.tenant_id = ? AND m.segment_id = ? GROUP BY m.customer_id >> 6",
                            tenant.value(),
                            segments.get(i).value());
        }
        return sql.add(") each_segment GROUP BY word) words").build();
    }

    /** Of those who are in these of the segments and in no other. */
    private static String bits(List<SegmentId> segments, Set<SegmentId> region) {
        return IntStream.range(0, segments.size())
                .mapToObj(i -> (region.contains(segments.get(i)) ? "" : "~") + "b" + i)
                .collect(Collectors.joining(" & "));
    }

    private static List<Set<SegmentId>> combinations(List<SegmentId> segments) {
        return IntStream.range(1, 1 << segments.size())
                .mapToObj(mask -> IntStream.range(0, segments.size())
                        .filter(i -> (mask & 1 << i) != 0)
                        .mapToObj(segments::get)
                        .collect(Collectors.toSet()))
                .sorted(Comparator.comparingInt(Set::size))
                .toList();
    }
}
