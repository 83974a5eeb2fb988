package io.perennial.api.web;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.Customer;
import io.perennial.customers.Customers;
import io.perennial.customers.Erasure;
import io.perennial.customers.Erasures;
import io.perennial.customers.records.CustomerRecord;
import io.perennial.customers.records.CustomerRecords;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Customers. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/customers", produces = "application/json")
class CustomersApi {

    private final Customers customers;
    private final CustomerRecords records;
    private final CustomerEntries entries;
    private final AttributeJson attributes;
    private final Erasures erasures;
    private final Cursors cursors;
    private final Validator validator;

    CustomersApi(
            Customers customers,
            CustomerRecords records,
            CustomerEntries entries,
            AttributeJson attributes,
            Erasures erasures,
            Cursors cursors,
            Validator validator) {
        this.customers = customers;
        this.records = records;
        this.entries = entries;
        this.attributes = attributes;
        this.erasures = erasures;
        this.cursors = cursors;
        this.validator = validator;
    }

    /**
     * The proof that a customer was erased; nothing in it tells who it was.
     *
     * @param rows how many rows were deleted or overwritten
     */
    record ErasureView(String id, String customerId, Instant at, long rows) {}

    @GetMapping
    @Needs(Permission.CUSTOMER_READ)
    Listed<CustomerView> list(
            @RequestParam(required = false) @Nullable String externalId,
            @RequestParam(required = false) @Nullable String email,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        if (externalId != null || email != null) {
            Optional<CustomerRecord> one = externalId != null
                    ? records.findByExternalId(externalId)
                    : EmailAddress.parse(String.valueOf(email)).flatMap(e -> records.findByEmail(e.value()));
            boolean both = email == null
                    || one.filter(r ->
                                    email.strip().equalsIgnoreCase(r.customer().email()))
                            .isPresent();
            return new Listed<>(both ? views(one.stream().toList()) : List.of(), null);
        }
        List<CustomerRecord> read = records.page(cursors.read("customers", cursor, 0), limit + 1);
        return cursors.page("customers", views(read), limit, view -> Long.parseLong(view.id()), view -> view);
    }

    @GetMapping("/{customer}")
    @Needs(Permission.CUSTOMER_READ)
    CustomerView get(@PathVariable @Positive long customer) {
        return view(new CustomerId(customer));
    }

    /** Upsert. */
    @PostMapping(consumes = "application/json")
    @Needs({Permission.CUSTOMER_READ, Permission.CUSTOMER_WRITE})
    ResponseEntity<CustomerView> put(@RequestBody @Valid CustomerInput input, HttpServletRequest request) {
        CustomerEntries.Put put = entries.put(input, source());
        CustomerId id = put.record().customer().id();
        entries.extras(id, input);
        request.setAttribute(RequestOnceFilter.CUSTOMER, id.value());
        return ResponseEntity.status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                .location(URI.create(ApiSecurity.ROOT + "/customers/" + id))
                .body(view(id));
    }

    @PatchMapping(
            path = "/{customer}",
            consumes = {"application/merge-patch+json", "application/json"})
    @Needs({Permission.CUSTOMER_READ, Permission.CUSTOMER_WRITE})
    CustomerView patch(@PathVariable @Positive long customer, @RequestBody CustomerPatch patch) {
        CustomerInput input = patch.input();
        List<ApiProblem.Fault> faults = validator.validate(input).stream()
                .map(violation -> new ApiProblem.Fault(
                        "#/" + violation.getPropertyPath().toString().replaceAll("\\[(\\d+)].*", "/$1"),
                        violation.getMessage()))
                .sorted(Comparator.comparing(ApiProblem.Fault::pointer).thenComparing(ApiProblem.Fault::detail))
                .toList();
        if (!faults.isEmpty()) {
            throw Refused.invalid(faults);
        }
        CustomerId id = new CustomerId(customer);
        entries.patch(id, patch.named(), input);
        entries.extras(id, input);
        return view(id);
    }

    /** Erases. */
    @DeleteMapping("/{customer}")
    @Needs({Permission.CUSTOMER_READ, Permission.CUSTOMER_ERASE})
    ErasureView erase(@PathVariable @Positive long customer) {
        Customer known = customers.require(new CustomerId(customer));
        Erasure erasure = erasures.erase(known.id(), Erasures.confirmationOf(known));
        return new ErasureView(Long.toString(erasure.id()), known.id().toString(), erasure.at(), erasure.total());
    }

    private CustomerView view(CustomerId id) {
        CustomerRecord record = records.find(id).orElseThrow(() -> Refused.notFound("No customer " + id + " here."));
        return views(List.of(record)).getFirst();
    }

    private List<CustomerView> views(List<CustomerRecord> found) {
        Map<Long, Map<String, Object>> values =
                attributes.of(found.stream().map(r -> r.customer().id().value()).toList());
        return found.stream()
                .map(r ->
                        CustomerView.of(r, values.getOrDefault(r.customer().id().value(), Map.of())))
                .toList();
    }

    /** What evidence and logs say of where something comes from. */
    static String source() {
        return CurrentStaff.actorName().orElse("API");
    }
}
