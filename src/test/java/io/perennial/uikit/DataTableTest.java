package io.perennial.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
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
        assertThat(table.csv(Locale.ENGLISH))
                .isEqualTo("Category,'@Change\r\n\"'=HYPERLINK(\"\"//evil.example\"\")\",-0.041\r\n"
                        + "'+cmd|' /C calc'!A0,-3\r\n");
    }

    @Test
    void whereNumbersHaveACommaTheCellsHaveSemicolonsBetweenAndWordsStayAsTheyAre() {
        DataTable table = new DataTable(
                List.of("Month", "Share"),
                List.of(List.of(DataTable.Cell.text("Version 4.1, new"), new DataTable.Cell("4,1 %", "0.041"))));
        assertThat(table.csv(Locale.of("cs", "CZ"))).isEqualTo("Month;Share\r\nVersion 4.1, new;0,041\r\n");
        assertThat(table.csv(Locale.UK)).isEqualTo("Month,Share\r\n\"Version 4.1, new\",0.041\r\n");
    }
}
