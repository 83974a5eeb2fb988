package io.perennial.segments.ui;

import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.StepUp;
import io.perennial.customers.CustomerList;
import io.perennial.customers.Customers;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.exports.Exports;
import io.perennial.segments.Membership;
import io.perennial.segments.Rules;
import io.perennial.segments.SegmentArchive;
import io.perennial.segments.SegmentLists;
import io.perennial.segments.Segments;
import org.springframework.stereotype.Component;

/** What the pages about one segment ask. */
@Component
record SegmentServices(
        Segments segments,
        SegmentArchive archive,
        Rules rules,
        SegmentLists lists,
        Membership membership,
        Customers customers,
        CustomerList customerList,
        CustomerAttributes attributes,
        Exports exports,
        Businesses businesses,
        Backstage backstage,
        Counting counting,
        StepUp proof) {}
