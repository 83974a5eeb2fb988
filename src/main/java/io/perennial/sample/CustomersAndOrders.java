package io.perennial.sample;

import io.perennial.customers.ConsentService;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportResult;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Imports a sample business's customers and orders as the shop's own export files would be. */
@Component
@TenantSql("Refreshes the statistics of tables, which belong to no tenant.")
@Order(10)
@ConditionalOnProperty("perennial.sample.enabled")
class CustomersAndOrders implements SampleChapter {

    private final CustomerImports imports;
    private final ConsentService consents;
    private final Suppressions suppressions;
    private final JdbcClient jdbc;

    CustomersAndOrders(CustomerImports imports, ConsentService consents, Suppressions suppressions, JdbcClient jdbc) {
        this.imports = imports;
        this.consents = consents;
        this.suppressions = suppressions;
        this.jdbc = jdbc;
    }

    @Override
    public void load(SampleBusiness business) {
        business.topics().forEach(consents::saveTopic);
        SampleData data = new SampleData(business, Instant.now(Clock.systemUTC()));
        byte[] customers = data.customersCsv();
        requireWhole(imports.importCustomers(
                new ByteArrayInputStream(customers), mapping(ImportKind.CUSTOMERS, customers), options(business)));
        byte[] orders = data.ordersCsv();
        requireWhole(imports.importOrders(
                new ByteArrayInputStream(orders), mapping(ImportKind.ORDERS, orders), options(business)));
        suppress(data.addresses());
        // The database's own statistics follow some seconds later; until then it plans for empty tables.
        jdbc.sql("ANALYZE TABLE customer, customer_summary, customer_order, order_line, consent, suppression")
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    /** A few left, some mailboxes are gone, and one in a thousand complained: as lists of this age are. */
    private void suppress(List<String> addresses) {
        for (int i = 0; i < addresses.size(); i++) {
            SuppressionReason reason = switch (i % 500) {
                case 40, 125, 210, 295, 380, 465 -> SuppressionReason.UNSUBSCRIBED;
                case 77, 277, 477 -> SuppressionReason.BOUNCED;
                case 333 -> i % 1_000 == 333 ? SuppressionReason.COMPLAINED : SuppressionReason.MANUAL;
                default -> null;
            };
            if (reason != null) {
                suppressions.suppress(new EmailAddress(addresses.get(i)), reason, "Sample data");
            }
        }
    }

    private static ImportOptions options(SampleBusiness business) {
        return ImportOptions.of(business.key() + ".csv", CsvFormat.STANDARD);
    }

    private static ImportMapping mapping(ImportKind kind, byte[] csv) {
        int end = 0;
        while (csv[end] != '\n') {
            end++;
        }
        return ImportMapping.guess(kind, Arrays.asList(new String(csv, 0, end, StandardCharsets.UTF_8).split(",")));
    }

    /** The files are our own, so a row left out is a fault of the program. */
    private static void requireWhole(ImportResult result) {
        if (result.counts().rejected() > 0) {
            throw new IllegalStateException("The sample data was not imported whole: " + result);
        }
    }

    /** Imports of several businesses may run at the same time: a chunk that loses a race is repeated. */
    @Override
    public boolean mayRunBeside() {
        return true;
    }
}
