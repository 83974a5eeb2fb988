package io.perennial.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataTableTest {

    @Test
    void wordsOfACustomerAreNoFormulasInTheFileAndFiguresKeepTheirSign() {
        DataTable table = new DataTable(
                List.of("Category", "@Change"),
                List.of(
                        List.of(
                                DataTable.Cell.text("=HYPERLINK(\"//evil.example\")"),
                                new DataTable.Cell("−4.1 %", "-0.041")),
                        List.of(DataTable.Cell.text("+cmd|' /C calc'!A0"), DataTable.Cell.count(-3))));
        assertThat(table.csv())
                .isEqualTo("Category,'@Change\r\n\"'=HYPERLINK(\"\"//evil.example\"\")\",-0.041\r\n"
                        + "'+cmd|' /C calc'!A0,-3\r\n");
    }
}
