package io.perennial.customers;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.FreshProof;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything kept about one customer, to be handed to them on request: for machines and for people. What the keys of the
 * JSON mean is in {@code schema/person.schema.json}, and in the file itself.
 */
@Service
public class PersonExport {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** The form of the JSON; a later one that is not only longer has another number. */
    private static final String FORMAT = "perennial-person-1";

    private static final JsonNode SCHEMA = schema();

    private final Customers customers;
    private final Suppressions suppressions;
    private final PersonalTables tables;
    private final Businesses businesses;
    private final AuditLog audit;

    PersonExport(
            Customers customers,
            Suppressions suppressions,
            PersonalTables tables,
            Businesses businesses,
            AuditLog audit) {
        this.audit = audit;
        this.customers = customers;
        this.suppressions = suppressions;
        this.tables = tables;
        this.businesses = businesses;
    }

    /**
     * As JSON: who keeps it, since when it is true, the rows by table, and the schema that describes the keys. Written to
     * the audit log.
     *
     * @throws CustomerNotFound if there is no such customer here
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:export')")
    public String json(CustomerId customer) {
        FreshProof.require();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("format", FORMAT);
        all.put("business", businesses.current().name());
        all.put("asOf", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("data", rows(customer));
        all.put("schema", SCHEMA);
        audit.record(PersonDeed.COPIED, customer, null, AuditChanges.none().and("customers.copy_form", null, "JSON"));
        return JSON.writeValueAsString(all);
    }

    /**
     * As a page in the person's language, or the business's where theirs is not one of those written, without anything
     * active in it. Written to the audit log.
     *
     * @throws CustomerNotFound if there is no such customer here
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:export')")
    public String page(CustomerId customer) {
        FreshProof.require();
        Customer person = customers.require(customer);
        Business business = businesses.current();
        String page = new PersonPage(business, CustomerTongues.written(person.locale(), business.locale()))
                .of(person.displayName(), Instant.now(), rows(customer));
        audit.record(PersonDeed.COPIED, customer, null, AuditChanges.none().and("customers.copy_form", null, "HTML"));
        return page;
    }

    private static JsonNode schema() {
        try (InputStream in = PersonExport.class.getResourceAsStream("/schema/person.schema.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, List<Map<String, Object>>> rows(CustomerId id) {
        Customer customer = customers.require(id);
        Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>(tables.rows(id));
        Optional.ofNullable(customer.email())
                .flatMap(EmailAddress::parse)
                .flatMap(suppressions::entry)
                .ifPresent(entry -> rows.put("suppression", List.of(suppression(entry))));
        rows.values().removeIf(List::isEmpty);
        return rows;
    }

    private static Map<String, Object> suppression(Suppression entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("reason", entry.reason().name());
        String evidence = entry.evidence();
        if (evidence != null) {
            row.put("evidence", evidence);
        }
        row.put("at", entry.at().toString());
        return row;
    }
}
