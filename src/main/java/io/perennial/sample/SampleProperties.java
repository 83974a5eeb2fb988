package io.perennial.sample;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sample businesses.
 *
 * @param enabled whether they are made where they are missing; the start without configuration switches it on unless
 *     told otherwise
 */
@ConfigurationProperties("perennial.sample")
record SampleProperties(@DefaultValue("false") boolean enabled) {}
