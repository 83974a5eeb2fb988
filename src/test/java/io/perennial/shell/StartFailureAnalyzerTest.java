package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.CannotStart;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;

class StartFailureAnalyzerTest {

    private final StartFailureAnalyzer analyzer = new StartFailureAnalyzer();

    @Test
    void aTakenPortNamesTheNextOne() {
        assertThat(of(new PortInUseException(8080)))
                .returns("Port 8080 is taken by another program.", FailureAnalysis::getDescription)
                .satisfies(told -> assertThat(told.getAction()).contains("SERVER_PORT=8081"));
    }

    @Test
    void aDatabaseThatIsAwayIsTheDatabasesFaultHoweverDeepItLies() {
        SQLException away = new SQLException("Communications link failure\n\nThe last packet", "08S01");
        assertThat(of(new IllegalStateException("outer", new RuntimeException("inner", away))))
                .returns("The database does not answer: Communications link failure.", FailureAnalysis::getDescription);
    }

    @Test
    void aRefusedSignInAndAMissingDatabaseAreToldApart() {
        assertThat(of(new SQLException("Access denied", "28000", 1045)).getAction())
                .contains("SPRING_DATASOURCE_PASSWORD");
        assertThat(of(new SQLException("Unknown database 'x'", "42000", 1049)).getAction())
                .contains("CREATE DATABASE");
    }

    @Test
    void whatIsRefusedOnPurposeSaysItself() {
        assertThat(of(new RuntimeException(new CannotStart("This.", "Do that."))))
                .returns("This.", FailureAnalysis::getDescription)
                .returns("Do that.", FailureAnalysis::getAction);
    }

    @Test
    void anUnknownFaultIsLeftToOthers() {
        assertThat(analyzer.analyze(new IllegalStateException("a bug"))).isNull();
        assertThat(analyzer.analyze(new SQLException("Duplicate entry", "23000", 1062)))
                .isNull();
    }

    private FailureAnalysis of(Throwable failure) {
        FailureAnalysis analysis = analyzer.analyze(failure);
        assertThat(analysis).isNotNull();
        return analysis;
    }
}
