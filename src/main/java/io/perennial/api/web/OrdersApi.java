package io.perennial.api.web;

import static io.perennial.customers.ImportField.*;

import io.perennial.accounts.Permission;
import io.perennial.customers.Customers;
import io.perennial.customers.ImportField;
import io.perennial.customers.records.EntryRefused;
import io.perennial.customers.records.OrderRecord;
import io.perennial.customers.records.OrderRecords;
import io.perennial.customers.records.RecordEntry;
import io.perennial.kernel.CustomerId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** Orders. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/orders", produces = "application/json")
class OrdersApi {

    private static final Map<ImportField, String> NAMES = Map.ofEntries(
            Map.entry(ORDER_ID, "number"),
            Map.entry(ORDERED_AT, "orderedAt"),
            Map.entry(EXTERNAL_ID, "customer/externalId"),
            Map.entry(EMAIL, "customer/email"),
            Map.entry(STATUS, "status"),
            Map.entry(CURRENCY, "currency"),
            Map.entry(RATE, "exchangeRate"),
            Map.entry(ORDER_TOTAL, "total"),
            Map.entry(REFUNDED, "refunded"),
            Map.entry(REFUNDED_AT, "refundedAt"));

    private static final Map<ImportField, String> LINE_NAMES =
            Map.of(AMOUNT, "amount", QUANTITY, "quantity", SKU, "sku", PRODUCT, "product", CATEGORY, "category");

    private final OrderRecords orders;
    private final RecordEntry entry;
    private final Customers customers;
    private final Cursors cursors;

    OrdersApi(OrderRecords orders, RecordEntry entry, Customers customers, Cursors cursors) {
        this.orders = orders;
        this.entry = entry;
        this.customers = customers;
        this.cursors = cursors;
    }

    @GetMapping
    @Needs(Permission.CUSTOMER_READ)
    Listed<OrderView> list(
            @RequestParam(required = false) @Positive @Nullable Long customerId,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listed.USUAL) @Min(1) @Max(Listed.MOST) int limit) {
        CustomerId customer = customerId == null ? null : new CustomerId(customerId);
        if (customer != null) {
            customers.require(customer);
        }
        String list = "orders:" + customerId;
        return cursors.page(
                list,
                orders.page(customer, cursors.read(list, cursor, 0), limit + 1),
                limit,
                OrderRecord::id,
                OrderView::of);
    }

    @GetMapping("/{number}")
    @Needs(Permission.CUSTOMER_READ)
    OrderView get(@PathVariable String number) {
        return OrderView.of(find(number));
    }

    /** Upsert by the shop's number. */
    @PostMapping(consumes = "application/json")
    @Needs({Permission.CUSTOMER_READ, Permission.CUSTOMER_WRITE})
    ResponseEntity<OrderView> put(@RequestBody @Valid OrderInput input, HttpServletRequest request) {
        if (input.lines().isEmpty() && input.total() == null) {
            throw Refused.invalid("#", "Give the lines, or the total, or both.");
        }
        if (input.customer().isUnknown()) {
            throw Refused.invalid("#/customer", "Give the customer's externalId or email.");
        }
        RecordEntry.Outcome outcome;
        try {
            outcome = entry.putOrder(CustomersApi.source(), rows(input), input.isCreatingCustomer());
        } catch (EntryRefused e) {
            throw Refused.invalid(pointer(e, input), e.reason());
        }
        OrderRecord order = find(input.number().strip());
        request.setAttribute(RequestOnceFilter.CUSTOMER, order.customer().value());
        return ResponseEntity.status(outcome == RecordEntry.Outcome.CREATED ? HttpStatus.CREATED : HttpStatus.OK)
                .location(URI.create(ApiSecurity.ROOT + "/orders/"
                        + UriUtils.encodePathSegment(order.number(), StandardCharsets.UTF_8)))
                .body(OrderView.of(order));
    }

    private OrderRecord find(String number) {
        return orders.find(number).orElseThrow(() -> Refused.notFound("No order " + number + " here."));
    }

    private static String pointer(EntryRefused e, OrderInput input) {
        ImportField field = e.field();
        if (field == null) {
            return "#";
        }
        return LINE_NAMES.containsKey(field) && !input.lines().isEmpty()
                ? "#/lines/" + Math.min(e.line(), input.lines().size() - 1) + "/" + LINE_NAMES.get(field)
                : "#/" + NAMES.getOrDefault(field, "lines");
    }

    private static List<Map<ImportField, String>> rows(OrderInput input) {
        List<Map<ImportField, String>> rows = new ArrayList<>();
        if (input.lines().isEmpty()) {
            rows.add(head(input));
        }
        for (OrderInput.LineInput line : input.lines()) {
            Map<ImportField, String> row = head(input);
            put(row, SKU, line.sku());
            put(row, PRODUCT, line.product());
            put(row, CATEGORY, line.category());
            put(row, QUANTITY, line.quantity() == null ? "1" : line.quantity().toPlainString());
            put(row, AMOUNT, line.amount().toPlainString());
            rows.add(row);
        }
        // Of an order that names no total the rows' are added up.
        if (input.refunded() != null) {
            rows.getFirst().put(REFUNDED, input.refunded().toPlainString());
        }
        return rows;
    }

    private static Map<ImportField, String> head(OrderInput input) {
        EnumMap<ImportField, String> row = new EnumMap<>(ImportField.class);
        put(row, ORDER_ID, input.number());
        put(row, EXTERNAL_ID, input.customer().externalId());
        put(row, EMAIL, input.customer().email());
        put(row, ORDERED_AT, input.orderedAt());
        put(row, STATUS, input.status());
        put(row, CURRENCY, input.currency());
        put(
                row,
                RATE,
                input.exchangeRate() == null ? null : input.exchangeRate().toPlainString());
        put(row, ORDER_TOTAL, input.total() == null ? null : input.total().toPlainString());
        put(row, REFUNDED_AT, input.refundedAt());
        return row;
    }

    private static void put(Map<ImportField, String> row, ImportField field, @Nullable Object value) {
        if (value != null) {
            row.put(field, value.toString());
        }
    }
}
