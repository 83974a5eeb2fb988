package io.perennial.customers.imports;

import org.springframework.stereotype.Component;

/** Makes the chunks of consents and suppressions. */
@Component
class PlainImports {

    private final ConsentStore consents;
    private final CustomerStore customers;
    private final SuppressionWriter suppressions;

    PlainImports(ConsentStore consents, CustomerStore customers, SuppressionWriter suppressions) {
        this.consents = consents;
        this.customers = customers;
        this.suppressions = suppressions;
    }

    Chunks consents(ImportRun run) {
        ConsentWriter writer = new ConsentWriter(run, consents, customers);
        return new PlainChunks<>(raw -> ConsentRow.parse(raw, run.cells(), run.now()), writer::write);
    }

    Chunks suppressions(ImportRun run) {
        Fingerprints imagined = new Fingerprints();
        return new PlainChunks<>(
                raw -> SuppressionRow.parse(raw, run.cells(), run.now()),
                rows -> suppressions.write(run, imagined, rows));
    }
}
