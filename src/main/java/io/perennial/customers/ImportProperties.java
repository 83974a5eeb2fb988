package io.perennial.customers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How files come in that are to be imported.
 *
 * @param largestFile of a file uploaded in the console; {@code perennial.web.largest-upload} bounds the whole request
 * @param freeSpace what stays free of the disk on which uploads wait; one that would leave less is refused
 * @param folder where uploads wait for their import; where empty, the folder for temporary files
 */
@ConfigurationProperties("perennial.imports")
record ImportProperties(
        @DefaultValue("2GB") DataSize largestFile,
        @DefaultValue("512MB") DataSize freeSpace,
        @Nullable Path folder) {

    ImportProperties {
        if (largestFile.toBytes() < 1) {
            throw new IllegalArgumentException("perennial.imports.largest-file lets no file in: " + largestFile);
        }
        if (freeSpace.isNegative()) {
            throw new IllegalArgumentException("perennial.imports.free-space is negative: " + freeSpace);
        }
    }
}
