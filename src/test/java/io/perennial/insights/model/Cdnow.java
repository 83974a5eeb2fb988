package io.perennial.insights.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/**
 * The 1/10 sample of CDNOW's first quarter of 1997 (2,357 customers), turned into purchase histories from its raw
 * lines: master id, sample id, yyyymmdd, number of CDs, dollars. Calibration runs for 39 weeks from 1997-01-01, the
 * hold-out for the 39 weeks after it.
 */
final class Cdnow {

    private static final LocalDate CALIBRATED = LocalDate.of(1997, 9, 30);
    private static final LocalDate HELD_OUT = LocalDate.of(1998, 6, 30);

    /** One customer: history in days at the end of the calibration, mean repeat value, hold-out purchase days. */
    record Customer(int x, int tx, int age, double mean, int later) {}

    private Cdnow() {}

    /** The customers, or the test is skipped where {@code PERENNIAL_DATA_DIR} names no folder with the file. */
    static List<Customer> customers() {
        String folder = System.getenv("PERENNIAL_DATA_DIR");
        Assumptions.assumeTrue(folder != null, "PERENNIAL_DATA_DIR is not set");
        Path file = Path.of(folder, "cdnow", "CDNOW_sample.txt");
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there");
        Map<String, TreeMap<LocalDate, Double>> days = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank()) {
                    continue;
                }
                String[] parts = line.strip().split("\\s+", -1);
                days.computeIfAbsent(parts[1], id -> new TreeMap<>())
                        .merge(
                                LocalDate.parse(parts[2], DateTimeFormatter.BASIC_ISO_DATE),
                                Double.valueOf(parts[4]),
                                Double::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Customer> customers = new ArrayList<>();
        days.values().forEach(history -> customers.add(customer(history)));
        return customers;
    }

    private static Customer customer(NavigableMap<LocalDate, Double> history) {
        LocalDate first = history.firstKey();
        var calibration = history.headMap(CALIBRATED, true);
        var repeats = calibration.tailMap(first, false);
        int later = history.subMap(CALIBRATED, false, HELD_OUT, true).size();
        double mean = repeats.values().stream()
                .filter(v -> v > 0)
                .mapToDouble(v -> v)
                .average()
                .orElse(0);
        return new Customer(
                repeats.size(),
                (int) ChronoUnit.DAYS.between(first, calibration.lastKey()),
                (int) ChronoUnit.DAYS.between(first, CALIBRATED),
                mean,
                later);
    }

    static PurchaseHistories inWeeks(List<Customer> customers) {
        PurchaseHistories.Builder builder = new PurchaseHistories.Builder();
        customers.forEach(c -> builder.add(c.x(), c.tx(), c.age()));
        return builder.inWeeks();
    }
}
