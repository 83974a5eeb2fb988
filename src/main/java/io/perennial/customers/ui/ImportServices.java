package io.perennial.customers.ui;

import io.perennial.accounts.Backstage;
import io.perennial.accounts.Businesses;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.Customers;
import io.perennial.customers.ImportFiles;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportRejects;
import io.perennial.customers.ImportUndo;
import io.perennial.customers.SavedMappings;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkUndo;
import io.perennial.kernel.CustomerId;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the page of imports works with, handed down to its parts as one. */
@Component
record ImportServices(
        CustomerImports imports,
        ImportJobs jobs,
        ImportRejects rejects,
        ImportUndo undo,
        ImportFiles files,
        SavedMappings mappings,
        CustomerAttributes attributes,
        AttributeDefinitions definitions,
        BulkJobs bulk,
        BulkUndo bulkUndo,
        CustomerLists lists,
        Customers customers,
        Backstage backstage,
        Businesses businesses) {

    ZoneId zone() {
        return businesses.current().zone();
    }

    /** What a customer is called, if there still is one. */
    Optional<String> nameOf(CustomerId id) {
        return customers.find(id).map(Customer::displayName);
    }
}
