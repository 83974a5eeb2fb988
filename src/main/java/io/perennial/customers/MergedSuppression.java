package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether the address that stays may be mailed: not if either's may not, with the graver reason. */
@Component
class MergedSuppression {

    private final Suppressions suppressions;

    MergedSuppression(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /** The graver of the reasons why two addresses are not mailed; nothing where both may be. */
    @Nullable
    SuppressionReason stricter(@Nullable String one, @Nullable String two) {
        return Stream.of(entry(one), entry(two))
                .flatMap(Optional::stream)
                .map(Suppression::reason)
                .max(Enum::compareTo)
                .orElse(null);
    }

    /**
     * What was done to the list, for the way back.
     *
     * @param before what stood there before; nothing where nothing did
     */
    record Done(String email, @Nullable Before before) {}

    /** An entry as it was. */
    record Before(SuppressionReason reason, @Nullable String evidence, Instant at) {}

    /** Suppresses the survivor's address for that reason, unless it is for one as grave; nothing where nothing was done. */
    @Nullable
    Done suppress(@Nullable String email, @Nullable SuppressionReason reason, CustomerId survivor) {
        Optional<EmailAddress> address = address(email);
        if (email == null || reason == null || address.isEmpty()) {
            return null;
        }
        Optional<Suppression> before = suppressions.entry(address.get());
        if (before.isPresent() && before.get().reason().compareTo(reason) >= 0) {
            return null;
        }
        suppressions.put(address.get(), reason, evidence(survivor));
        return new Done(
                email,
                before.map(was -> new Before(was.reason(), was.evidence(), was.at()))
                        .orElse(null));
    }

    /** Puts back what stood there before, unless somebody decided anew since. */
    void lift(@Nullable Done done, CustomerId survivor) {
        Optional<EmailAddress> address = done == null ? Optional.empty() : address(done.email());
        if (done == null
                || address.isEmpty()
                || suppressions
                        .entry(address.get())
                        .filter(entry -> evidence(survivor).equals(entry.evidence()))
                        .isEmpty()) {
            return;
        }
        suppressions.lift(address.get(), "Merge undone");
        Before before = done.before();
        if (before != null) {
            suppressions.putBack(address.get(), new Suppression(before.reason(), before.evidence(), before.at()));
        }
    }

    private Optional<Suppression> entry(@Nullable String email) {
        return address(email).flatMap(suppressions::entry);
    }

    private static Optional<EmailAddress> address(@Nullable String email) {
        return Optional.ofNullable(email).flatMap(EmailAddress::parse);
    }

    private static String evidence(CustomerId survivor) {
        return "Merged: another address of customer " + survivor + " is on the list";
    }
}
