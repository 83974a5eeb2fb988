package io.perennial.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of the API one key gets.
 *
 * @param requestsPerMinute of one key on one node, evened out: so many at once, then as fast as they come back
 * @param largestBody of a request that is no upload
 * @param largestUpload of a file to be imported
 */
@ConfigurationProperties("perennial.api")
public record ApiProperties(
        @DefaultValue("600") int requestsPerMinute,
        @DefaultValue("1MB") DataSize largestBody,
        @DefaultValue("100MB") DataSize largestUpload) {

    public ApiProperties {
        if (requestsPerMinute < 1) {
            throw new IllegalArgumentException("perennial.api.requests-per-minute is 1 or more");
        }
    }
}
