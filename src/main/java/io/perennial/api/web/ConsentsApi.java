package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentState;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.Evidence;
import io.perennial.kernel.CustomerId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What customers agreed to be mailed about. */
@RestController
@RequestMapping(path = ApiSecurity.ROOT + "/customers/{customer}/consents", produces = "application/json")
class ConsentsApi {

    private final ConsentService consents;

    ConsentsApi(ConsentService consents) {
        this.consents = consents;
    }

    /**
     * A topic and how the customer stands to it.
     *
     * @param status null where they were never asked
     * @param wording the exact text they saw
     */
    record ConsentView(
            String topic,
            String name,
            @Nullable ConsentStatus status,
            @Nullable Instant at,
            @Nullable String source,
            @Nullable String wording) {

        static ConsentView of(ConsentState state) {
            return new ConsentView(
                    state.topic().code(),
                    state.topic().name(),
                    state.status(),
                    state.at(),
                    state.source(),
                    state.wording());
        }
    }

    /**
     * What a customer decided.
     *
     * @param source where they said so: the evidence of it
     * @param wording the exact text they saw, where there was one
     */
    record ConsentInput(
            @NotNull ConsentStatus status,
            @NotBlank @Size(max = 80) String source,
            @Size(max = 1000) @Nullable String wording) {}

    @GetMapping
    @Needs(Permission.CUSTOMER_READ)
    Listed<ConsentView> list(@PathVariable @Positive long customer) {
        return new Listed<>(
                consents.preferences(new CustomerId(customer)).stream()
                        .map(ConsentView::of)
                        .toList(),
                null);
    }

    /**
     * An opt-out and a suppression stand: agreeing again takes the address off no list but by the customer's own doing.
     */
    @PutMapping(path = "/{topic}", consumes = "application/json")
    @Needs({Permission.CUSTOMER_READ, Permission.CUSTOMER_WRITE})
    ConsentView put(
            @PathVariable @Positive long customer, @PathVariable String topic, @RequestBody @Valid ConsentInput input) {
        CustomerId id = new CustomerId(customer);
        find(consents.preferences(id), topic);
        Evidence evidence = new Evidence("API: " + input.source().strip(), input.wording());
        if (input.status() == ConsentStatus.GRANTED) {
            consents.grant(id, topic, evidence);
        } else {
            consents.withdraw(id, topic, evidence);
        }
        return ConsentView.of(find(consents.preferences(id), topic));
    }

    private static ConsentState find(List<ConsentState> states, String topic) {
        return states.stream()
                .filter(state -> state.topic().code().equals(topic))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("No topic " + topic + " here."));
    }
}
