package io.perennial.customers.ui;

import com.vaadin.flow.server.streams.DownloadResponse;
import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportRejects;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The rejected rows as a file to download. */
final class RejectedDownload {

    private RejectedDownload() {}

    /** Through a temporary file that is gone once it is sent: it can be far larger than memory. */
    static DownloadResponse of(ImportRejects rejects, ImportJob job) {
        try {
            Path file = Files.createTempFile("rejected", ".csv");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                rejects.write(job.id(), out);
            }
            long size = Files.size(file); // before it is opened: its name is gone from then on
            return new DownloadResponse(
                    Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE),
                    name(job.source()),
                    "text/csv;charset=UTF-8",
                    size);
        } catch (IOException e) {
            return DownloadResponse.error(500);
        }
    }

    /** As the file whose rows they are, which may have been packed or a workbook. */
    static String name(String source) {
        return "rejected-"
                + source.replaceAll("[^\\p{L}\\p{N}._-]", "_")
                        .replaceFirst("^(rejected-)+", "")
                        .replaceFirst("(?i)(\\.(csv|txt|tsv|tab|xlsx|zip|gz))+$", "")
                + ".csv";
    }
}
