package io.perennial.customers.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TabbedRowsTest {

    @Test
    void valuesAreWrittenAsTheServerReadsThem() throws IOException {
        assertThat(written(List.<Object[]>of(new Object[] {
                    "a\tb\\c\nd",
                    null,
                    -7L,
                    12,
                    true,
                    new BigDecimal("1E+3"),
                    LocalDate.of(2026, 3, 9),
                    LocalDateTime.of(2026, 3, 9, 4, 5, 6, 7_000),
                    "Růže\t🌹"
                })))
                .isEqualTo("a\\tb\\\\c\\nd\t\\N\t-7\t12\t1\t1000\t2026-03-09\t2026-03-09 04:05:06.000007\tRůže\\t🌹\n");
    }

    @Test
    void whatIsTheSameAsInTheRowBeforeIsThereInEachRowAcrossPieces() throws IOException {
        List<Object[]> rows = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        Long business = 123_456_789L;
        for (int i = 0; i < 20_000; i++) {
            String name = "order ".repeat(1 + i / 3 % 4);
            rows.add(new Object[] {business, i / 3 == 5 ? null : name, (long) i});
            expected.append(business)
                    .append('\t')
                    .append(i / 3 == 5 ? "\\N" : name)
                    .append('\t')
                    .append(i)
                    .append('\n');
        }
        assertThat(written(rows)).isEqualTo(expected.toString()).hasSizeGreaterThan(400_000);
    }

    @Test
    void aValueLongerThanAPieceComesWhole() throws IOException {
        String much = "ž".repeat(300_000);
        assertThat(written(List.of(new Object[] {much}, new Object[] {much}))).isEqualTo(much + "\n" + much + "\n");
    }

    /** Read in odd portions, as a driver may. */
    private static String written(List<Object[]> rows) throws IOException {
        TabbedRows file = new TabbedRows(rows);
        var out = new java.io.ByteArrayOutputStream();
        byte[] portion = new byte[7_919];
        for (int n = file.read(portion); n >= 0; n = file.read(portion)) {
            out.write(portion, 0, n);
            int one = file.read();
            if (one >= 0) {
                out.write(one);
            }
        }
        return out.toString(UTF_8);
    }
}
