package io.perennial.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SampleDataTest {

    private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");
    static final List<SampleBusiness> BUSINESSES = SampleBusiness.all();

    @ParameterizedTest
    @FieldSource("BUSINESSES")
    void theSameDayGivesTheSameFiles(SampleBusiness business) {
        SampleData one = new SampleData(business, NOW);
        SampleData other = new SampleData(business, NOW);
        assertThat(one.customersCsv()).isEqualTo(other.customersCsv());
        assertThat(one.ordersCsv()).isEqualTo(other.ordersCsv());
    }

    @ParameterizedTest
    @FieldSource("BUSINESSES")
    void nobodyCanEverBeMailed(SampleBusiness business) {
        assertThat(rows(new SampleData(business, NOW).customersCsv()))
                .allSatisfy(row -> assertThat(row[1]).matches("[a-z]+\\.[a-z]+\\d*@[a-z]+\\.example"))
                .extracting(row -> row[1])
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("BUSINESSES")
    void customersBuyAsPeopleDo(SampleBusiness business) {
        SampleData data = new SampleData(business, NOW);
        List<String[]> lines = rows(data.ordersCsv());
        Map<String, Long> ordersOf = lines.stream()
                .collect(Collectors.groupingBy(
                        row -> row[1],
                        Collectors.collectingAndThen(
                                Collectors.mapping(row -> row[0], Collectors.toSet()), s -> (long) s.size())));
        double once = ordersOf.values().stream().filter(n -> n == 1).count() / (double) ordersOf.size();
        assertThat(once).isBetween(0.2, 0.6);
        assertThat(lines).allSatisfy(row -> assertThat(row[2]).isLessThan("2026-06-15 13"));
        assertThat(lines.stream().map(row -> row[2].substring(0, 4)).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("2023", "2024", "2025", "2026");
        assertThat(lines.stream().collect(Collectors.groupingBy(row -> row[7], Collectors.counting())))
                .hasSizeGreaterThan(4);
    }

    private static List<String[]> rows(byte[] csv) {
        return Arrays.stream(new String(csv, StandardCharsets.UTF_8).split("\n"))
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }
}
