package io.perennial.shell;

import io.perennial.kernel.CannotStart;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/**
 * What usually keeps the console from starting, each as one sentence and what to do about it. Comes before Spring
 * Boot's own analyzers, whose advice is for programmers.
 */
class StartFailureAnalyzer implements FailureAnalyzer, Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            FailureAnalysis analysis = analyzeOne(cause);
            if (analysis != null) {
                return analysis;
            }
        }
        return null;
    }

    private static @Nullable FailureAnalysis analyzeOne(Throwable cause) {
        return switch (cause) {
            case CannotStart refused -> new FailureAnalysis(refused.getMessage(), refused.remedy(), refused);
            case PortInUseException taken ->
                new FailureAnalysis(
                        "Port " + taken.getPort() + " is taken by another program.",
                        "Stop that program, or choose another port: SERVER_PORT=" + (taken.getPort() + 1),
                        taken);
            case SQLException sql -> ofDatabase(sql);
            case IllegalArgumentException bad when says(bad, "'url' must start with") -> noMySqlUrl(bad);
            case IllegalStateException bad when says(bad, "Cannot load driver class") -> noMySqlUrl(bad);
            default ->
                cause.getClass().getSimpleName().equals("DataSourceBeanCreationException")
                        ? new FailureAnalysis(
                                "No database is configured.",
                                "Set SPRING_DATASOURCE_URL (jdbc:mysql://host:3306/perennial), SPRING_DATASOURCE_USERNAME"
                                        + " and SPRING_DATASOURCE_PASSWORD, or use docker/compose.yaml.",
                                cause)
                        : null;
        };
    }

    private static boolean says(Exception cause, String words) {
        return cause.getMessage() != null && cause.getMessage().contains(words);
    }

    private static FailureAnalysis noMySqlUrl(Exception cause) {
        return new FailureAnalysis(
                "SPRING_DATASOURCE_URL is not the address of a MySQL database.",
                "It looks like jdbc:mysql://host:3306/perennial.",
                cause);
    }

    private static @Nullable FailureAnalysis ofDatabase(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("08")) {
            return new FailureAnalysis(
                    "The database does not answer: " + firstLine(sql) + ".",
                    "Check that it runs and that SPRING_DATASOURCE_URL names its host and port.",
                    sql);
        }
        if (state.startsWith("28")) {
            return new FailureAnalysis(
                    "The database refused the sign-in: " + firstLine(sql) + ".",
                    "Check SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
                    sql);
        }
        return sql.getErrorCode() == 1049
                ? new FailureAnalysis(
                        "The database does not exist: " + firstLine(sql) + ".",
                        "Create it (CREATE DATABASE perennial CHARACTER SET utf8mb4), or correct"
                                + " SPRING_DATASOURCE_URL.",
                        sql)
                : null;
    }

    private static String firstLine(SQLException sql) {
        String message = sql.getMessage() == null ? "no reason given" : sql.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
