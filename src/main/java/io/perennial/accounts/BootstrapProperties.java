package io.perennial.accounts;

import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first business and its owner, made once in an empty installation.
 *
 * @param email of the owner; nothing is made without it
 * @param password of the owner; without one, a password is made up and written to the log once
 * @param business its name
 * @param country ISO 3166 alpha-2
 * @param locale of its customers
 * @param operator address of a person there is already who shall operate the installation; checked at each start
 * @param zone in which its days begin
 * @param currency of its figures
 */
@ConfigurationProperties("perennial.bootstrap")
record BootstrapProperties(
        @Nullable String email,
        @Nullable String password,
        @DefaultValue("My business") String business,
        @Nullable String operator,
        @DefaultValue("IE") String country,
        @DefaultValue("en-IE") Locale locale,
        @DefaultValue("Europe/Dublin") ZoneId zone,
        @DefaultValue("EUR") Currency currency) {}
