package io.perennial.customers.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImportPaceTest {

    private long now = 1;

    private final ImportPace pace = new ImportPace(() -> now);

    @Test
    void countsFromTheFirstRowsThatComeWhileSomebodyLooks() {
        assertThat(after(0, 90_000)).isEqualTo("90,000 rows read, 30% of the file");
        assertThat(after(1, 90_000)).isEqualTo("90,000 rows read, 30% of the file");
        assertThat(after(12, 90_000))
                .isEqualTo("90,000 rows read, 30% of the file · finding the place where it stopped");
        assertThat(after(1, 95_000)).isEqualTo("95,000 rows read, 32% of the file");
        assertThat(after(2, 115_000))
                .isEqualTo("115,000 rows read, 38% of the file · 10,000 rows a second, about 18 seconds left");
    }

    @Test
    void findsNoPlaceInAFileThatItBegins() {
        after(0, 0);
        assertThat(after(10, 0)).isEqualTo("0 rows read, 0% of the file");
    }

    private String after(int seconds, long rows) {
        now += seconds * 1_000_000_000L;
        return pace.of(new ImportJob(
                1,
                ImportKind.CUSTOMERS,
                ImportState.RUNNING,
                "customers.csv",
                false,
                300_000,
                rows,
                new ImportCounts(rows, rows, 0, 0, 0, 0, 0, 0),
                null,
                "Mia",
                Instant.EPOCH,
                null));
    }
}
