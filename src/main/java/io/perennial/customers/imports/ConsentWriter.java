package io.perennial.customers.imports;

import io.perennial.customers.ConsentStatus;
import io.perennial.customers.ConsentTopic;
import io.perennial.customers.ImportField;
import io.perennial.customers.imports.ConsentStore.Change;
import io.perennial.customers.imports.ConsentStore.State;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what people decided elsewhere. A file can never make a yes of a no: who withdrew, left, complained or bounced
 * stays out, and the row is rejected with the reason. A withdrawal is always taken, unless they agreed again after it.
 */
class ConsentWriter {

    private final ImportRun run;
    private final ConsentStore store;
    private final CustomerStore customers;
    private final Map<String, String> topics;
    /** In a dry run: how things would stand by now, 1 for granted and 2 for withdrawn. */
    private final Fingerprints imagined = new Fingerprints();

    ConsentWriter(ImportRun run, ConsentStore store, CustomerStore customers) {
        this.run = run;
        this.store = store;
        this.customers = customers;
        this.topics = store.topics(run.tenant());
    }

    PlainOutcome write(List<ConsentRow> rows) {
        Map<String, StoredCustomer> byId = new HashMap<>();
        Map<String, StoredCustomer> byEmail = new HashMap<>();
        for (StoredCustomer customer : customers.find(
                run.tenant(),
                rows.stream()
                        .map(ConsentRow::externalId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                rows.stream()
                        .map(ConsentRow::email)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList())) {
            if (customer.externalId() != null) {
                byId.put(customer.externalId(), customer);
            }
            if (customer.email() != null) {
                byEmail.put(customer.email(), customer);
            }
        }
        run.erased().refresh();
        Map<String, State> states =
                store.states(run.tenant(), byIdAndEmail(byId, byEmail).keySet());
        Map<String, String> suppressed = store.suppressed(
                run.tenant(),
                byIdAndEmail(byId, byEmail).values().stream()
                        .map(StoredCustomer::email)
                        .filter(Objects::nonNull)
                        .toList());
        PlainOutcome outcome = new PlainOutcome();
        List<Change> changes = new ArrayList<>();
        for (ConsentRow row : rows) {
            try {
                StoredCustomer customer = customer(row, byId, byEmail);
                String topic = topic(row);
                String key = customer.id() + "\n" + topic;
                State before = before(key, states);
                requireNoReturn(row, before, customer, suppressed);
                ConsentStatus status =
                        row.decision() == Decisions.Consent.GRANTED ? ConsentStatus.GRANTED : ConsentStatus.WITHDRAWN;
                if (before != null && before.status() == status) {
                    outcome.unchanged++;
                    continue;
                }
                outcome.count(before == null);
                LocalDateTime at = Objects.requireNonNullElse(row.at(), run.now());
                states.put(key, new State(status, at));
                changes.add(new Change(
                        customer.id(),
                        topic,
                        status,
                        at,
                        Objects.requireNonNullElse(row.source(), run.evidence()),
                        row.wording()));
            } catch (CellProblem e) {
                outcome.rejects.put(row.raw(), e.problem());
            }
        }
        if (run.options().dryRun()) {
            outcome.settle = () -> changes.forEach(
                    c -> imagined.put(c.customer() + "\n" + c.topic(), c.status() == ConsentStatus.GRANTED ? 1 : 2));
        } else {
            store.write(run.tenant(), changes);
        }
        return outcome;
    }

    private static Map<Long, StoredCustomer> byIdAndEmail(
            Map<String, StoredCustomer> byId, Map<String, StoredCustomer> byEmail) {
        Map<Long, StoredCustomer> all = new HashMap<>();
        byId.values().forEach(c -> all.put(c.id(), c));
        byEmail.values().forEach(c -> all.put(c.id(), c));
        return all;
    }

    private StoredCustomer customer(
            ConsentRow row, Map<String, StoredCustomer> byId, Map<String, StoredCustomer> byEmail) {
        ImportField field = row.externalId() != null ? ImportField.EXTERNAL_ID : ImportField.EMAIL;
        if (run.erased().has(row.email(), row.externalId())) {
            throw run.cells().problem(field, "erased");
        }
        StoredCustomer named = row.externalId() == null ? null : byId.get(row.externalId());
        StoredCustomer addressed = row.email() == null ? null : byEmail.get(row.email());
        if (named != null && addressed != null && named.id() != addressed.id()) {
            throw run.cells()
                    .problem(ImportField.EMAIL, "email_taken", Objects.requireNonNullElse(addressed.externalId(), "–"));
        }
        StoredCustomer customer = named != null ? named : addressed;
        if (customer == null) {
            throw run.cells()
                    .problem(
                            field,
                            "unknown_person",
                            row.externalId() != null ? row.externalId() : String.valueOf(row.email()));
        }
        return customer;
    }

    private String topic(ConsentRow row) {
        if (row.topic() == null) {
            return ConsentTopic.NEWS;
        }
        String code = topics.get(ConsentStore.topicKey(row.topic()));
        if (code == null) {
            throw run.cells()
                    .problem(
                            ImportField.TOPIC,
                            "no_topic",
                            String.join(
                                    ", ",
                                    topics.values().stream()
                                            .distinct()
                                            .sorted()
                                            .limit(20)
                                            .toList()));
        }
        return code;
    }

    private @Nullable State before(String key, Map<String, State> states) {
        int thought = run.options().dryRun() ? imagined.get(key) : 0;
        return thought == 0 || states.containsKey(key)
                ? states.get(key)
                : new State(thought == 1 ? ConsentStatus.GRANTED : ConsentStatus.WITHDRAWN, run.now());
    }

    private void requireNoReturn(
            ConsentRow row, @Nullable State before, StoredCustomer customer, Map<String, String> suppressed) {
        switch (row.decision()) {
            case PENDING -> throw run.cells().problem(ImportField.DECISION, "pending");
            case GRANTED -> {
                if (before != null && before.status() == ConsentStatus.WITHDRAWN) {
                    throw run.cells()
                            .problem(
                                    ImportField.DECISION,
                                    "withdrawn_stays",
                                    before.at().toLocalDate().toString());
                }
                String reason = customer.email() == null ? null : suppressed.get(customer.email());
                if (reason != null && (before == null || before.status() != ConsentStatus.GRANTED)) {
                    throw run.cells().problem(ImportField.DECISION, "suppressed_stays." + reason);
                }
            }
            case WITHDRAWN -> {
                if (before != null
                        && before.status() == ConsentStatus.GRANTED
                        && row.at() != null
                        && row.at().isBefore(before.at())) {
                    throw run.cells()
                            .problem(
                                    ImportField.DECIDED_AT,
                                    "agreed_later",
                                    before.at().toLocalDate().toString());
                }
            }
        }
    }
}
