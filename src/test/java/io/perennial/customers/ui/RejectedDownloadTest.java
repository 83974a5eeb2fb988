package io.perennial.customers.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedDownloadTest {

    @ParameterizedTest
    @CsvSource({
        "big.csv, rejected-big.csv",
        "Zákazníci 2026.xlsx, rejected-Zákazníci_2026.csv",
        "till.csv.gz, rejected-till.csv",
        "rejected-till.csv, rejected-till.csv",
        "API, rejected-API.csv",
        "../../etc/passwd, rejected-.._.._etc_passwd.csv"
    })
    void theFileIsCalledAsTheOneWhoseRowsItHas(String source, String name) {
        assertThat(RejectedDownload.name(source)).isEqualTo(name);
    }
}
